using Tutti.Bench.Load.Processes;
using Tutti.Bench.Load.Services;
using Tutti.Bench.Load.Sides;

namespace Tutti.Bench.Load.ProxyCache;

/// <summary>Starts what Tutti's cache is compared with. The caches may keep as much as Tutti does, and ask the stub for the rest.</summary>
static class CachePeers
{
    /// <summary>Kestrel, which answers what the stub gives from an array, and nothing else.</summary>
    public static ChildProcess Array(Bench bench, Uri url)
    {
        string[] args = [bench.Repository.Bytes, Peers.Address(url), $"{new Uri(bench.Stub.Url, Stub.Kept)}", $"{new Uri(bench.Stub.Url, Stub.Page)}"];
        var inline = bench.Options.Inline;
        return ChildProcess.Start(CacheSides.Array, "dotnet", inline ? [.. args, "--inline"] : args, inline);
    }

    /// <summary>Varnish with its usual settings. Like Tutti it learns from an answer that the next ones cannot be stored.</summary>
    public static ChildProcess Varnish(Bench bench, Uri url)
    {
        var configuration = bench.Directory.File("varnish.vcl");
        File.WriteAllText(configuration, $$"""
            vcl 4.1;
            backend stub { .host = "{{bench.Stub.Url.Host}}"; .port = "{{bench.Stub.Url.Port}}"; }
            sub vcl_backend_response {
              if (beresp.http.Cache-Control ~ "no-store") { return (pass(1h)); }
            }

            """);
        string[] args = ["-j", "none", "-F", "-a", url.Authority, "-f", configuration, "-n", bench.Directory.Folder("varnish"), "-s", "malloc,256m"];
        return ChildProcess.Start(CacheSides.Varnish, DebianTool.Find("varnishd", "varnish"), args);
    }

    /// <summary>nginx with its cache in files, which it keeps open and the system keeps in memory.</summary>
    public static ChildProcess Nginx(Bench bench, string nginx, Uri url)
    {
        var folder = bench.Directory.Folder("nginx-cache");
        return Sides.Nginx.Start(CacheSides.Nginx, nginx, folder, $$"""
            sendfile on;
            open_file_cache max=1000 inactive=1h;
            open_file_cache_valid 1h;
            proxy_cache_path {{folder}}/cache keys_zone=kept:10m max_size=256m inactive=1d use_temp_path=off;
            {{Peers.NginxUpstream(bench)}}
            server {
              listen {{url.Authority}} backlog=4096;
              proxy_cache kept;
              proxy_cache_key $scheme$host$request_uri;
              add_header Cache-Status "nginx; $upstream_cache_status";
              location / { {{Peers.NginxPass}} }
            }
            """);
    }
}
