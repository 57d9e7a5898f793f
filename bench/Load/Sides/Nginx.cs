using Tutti.Bench.Load.Processes;

namespace Tutti.Bench.Load.Sides;

/// <summary>Starts nginx as one plain process that leaves nothing behind, so that stopping and measuring it is simple.</summary>
static class Nginx
{
    public static ChildProcess Start(string name, string nginx, string folder, string servers, string modules = "")
    {
        var configuration = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(configuration, Frame(folder, servers, modules));
        return ChildProcess.Start(name, nginx, ["-p", folder, "-e", "stderr", "-c", configuration]);
    }

    static string Frame(string folder, string servers, string modules) => $$"""
        {{modules}}
        daemon off;
        master_process off;
        worker_processes 1;
        worker_rlimit_nofile 65536;
        pid {{folder}}/nginx.pid;
        error_log stderr warn;
        events { worker_connections 65536; }
        http {
          access_log off;
          default_type application/json;
          tcp_nodelay on;
          keepalive_requests 1000000000;
          keepalive_timeout 1h;
          client_body_temp_path {{folder}}/client;
          proxy_temp_path {{folder}}/proxy;
          fastcgi_temp_path {{folder}}/fastcgi;
          uwsgi_temp_path {{folder}}/uwsgi;
          scgi_temp_path {{folder}}/scgi;
          {{servers}}
        }
        """;
}
