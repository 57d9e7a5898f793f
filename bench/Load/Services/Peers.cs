using Tutti.Bench.Load.Processes;
using Tutti.Bench.Load.Sides;

namespace Tutti.Bench.Load.Services;

/// <summary>Starts what Tutti is compared with: each forwards every path to the stub over kept connections, and those that can answer look-ups.</summary>
static class Peers
{
    const int Connections = 256;

    /// <summary>How nginx passes a request on to the upstream <c>stub</c>.</summary>
    public const string NginxPass = """
        proxy_pass http://stub;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Forwarded-Host $http_host;
        """;

    /// <summary>YARP's forwarder in an ASP.NET Core app, and nothing else.</summary>
    public static ChildProcess Yarp(Bench bench, Uri url) => ChildProcess.Start(
        ServiceSide.Yarp, "dotnet", [bench.Repository.Forward, Address(url), Address(bench.Stub.Url)], bench.Options.Inline);

    public static ChildProcess Nginx(Bench bench, string nginx, Uri url) =>
        Sides.Nginx.Start(ServiceSide.Nginx, nginx, bench.Directory.Folder("nginx-peer"), $$"""
            {{NginxUpstream(bench)}}
            server {
              listen {{url.Authority}} backlog=4096;
              location ~ ^/services(/.*)$ {
                add_header Cache-Control max-age=60 always;
                return 307 {{Address(url)}}$1$is_args$args;
              }
              location / { {{NginxPass}} }
            }
            """);

    public static string NginxUpstream(Bench bench) =>
        $"upstream stub {{ server {bench.Stub.Url.Authority}; keepalive {Connections}; keepalive_requests 1000000000; }}";

    public static ChildProcess HaProxy(Bench bench, Uri url)
    {
        var configuration = bench.Directory.File("haproxy.cfg");
        File.WriteAllText(configuration, $$"""
            global
              nbthread 1
              maxconn 4096
            defaults
              mode http
              timeout connect 5s
              timeout client 60s
              timeout server 60s
              http-reuse always
            frontend traffic
              bind {{url.Authority}}
              acl lookup path_beg /services/
              http-request redirect location {{Address(url)}}%[pathq,regsub(^/services,)] code 307 if lookup
              http-after-response set-header Cache-Control max-age=60 if { status 307 }
              default_backend stub
            backend stub
              option forwardfor
              http-request set-header X-Forwarded-Proto http
              server stub {{bench.Stub.Url.Authority}} pool-max-conn {{Connections}}

            """);
        return ChildProcess.Start(ServiceSide.HaProxy, DebianTool.Find("haproxy"), ["-db", "-f", configuration]);
    }

    public static string Address(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
