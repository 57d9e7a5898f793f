using Tutti.Bench.Load.Processes;

namespace Tutti.Bench.Load.Sides;

/// <summary>Starts nginx with Lua and <c>capture_multi</c> as a peer, where Debian's Lua module is installed.</summary>
static class LuaSide
{
    static readonly string[] Modules = ["ndk_http_module.so", "ngx_http_lua_module.so"];

    public static async Task<Side?> StartAsync(Bench bench, string nginx, CancellationToken ct)
    {
        var modules = Modules.Select(module => Path.Combine(bench.Options.LuaModules, module)).ToArray();
        if (!modules.All(File.Exists))
        {
            return null;
        }

        var url = FreePort.TakeUrl();
        var folder = bench.Directory.Folder("lua");
        await File.WriteAllTextAsync(Path.Combine(folder, "aggregate.lua"), Script, ct);
        var load = string.Join('\n', modules.Select(module => $"load_module {module};"));
        var process = Nginx.Start(SideNames.Lua, nginx, folder, Configuration(url, bench, folder), load);
        try
        {
            await process.ReadyAsync(new(url, "/readyz"), ct);
            return new(SideNames.Lua, process, url, bench.Options.Widest);
        }
        catch (LoadFault)
        {
            process.Dispose();
            Console.Error.WriteLine($"Note: {SideNames.Lua} does not start and is left out. It needs libnginx-mod-http-lua and lua-cjson.");
            return null;
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>nginx has no bound of its own on its connections: it keeps as many as run at once, or it would open them anew.</summary>
    static string Configuration(Uri url, Bench bench, string folder) => Configuration(
        url, bench.Stub.Url, folder, Math.Max(ExportedParts.HttpPoolSize, bench.Options.Connections * bench.Options.Widest));

    static string Configuration(Uri url, Uri stub, string folder, int connections) => $$"""
        init_by_lua_block { require "cjson.safe" }
        upstream stub {
          server {{stub.Authority}};
          keepalive {{connections}};
          keepalive_requests 1000000000;
        }
        server {
          listen 127.0.0.1:{{url.Port}};
          client_body_buffer_size 256k;
          subrequest_output_buffer_size 64k;
          location = /readyz { return 200 'ready'; }
          location = /octoparts/2 { content_by_lua_file {{folder}}/aggregate.lua; }
          location /item/ {
            internal;
            proxy_pass http://stub;
            proxy_http_version 1.1;
            proxy_method GET;
            proxy_pass_request_body off;
            proxy_pass_request_headers off;
            proxy_set_header Connection "";
            proxy_set_header Content-Length "";
          }
        }
        """;

    const string Script = """
        local json = require "cjson.safe"
        ngx.req.read_body()
        local started = ngx.now()
        local aggregate = json.decode(ngx.req.get_body_data())
        if not aggregate then return ngx.exit(400) end

        local fetches = {}
        for i, part in ipairs(aggregate.requests) do
          fetches[i] = { "/item/" .. ngx.escape_uri(part.params[1].value) }
        end

        local responses = { ngx.location.capture_multi(fetches) }
        local out = {}
        for i, part in ipairs(aggregate.requests) do
          local response = responses[i]
          out[i] = '{"partId":' .. json.encode(part.partId) .. ',"id":' .. json.encode(part.id or part.partId) ..
            ',"cookies":[],"statusCode":' .. response.status .. ',"mimeType":' .. json.encode(response.header["Content-Type"]) ..
            ',"cacheControl":{"noStore":false,"noCache":false},"contents":' .. json.encode(response.body) ..
            ',"warnings":[],"errors":[],"retrievedFromCache":false,"retrievedFromLocalContents":false}'
        end

        ngx.update_time()
        ngx.header["Content-Type"] = "application/json; charset=utf-8"
        local elapsed = math.floor((ngx.now() - started) * 1000)
        ngx.print('{"responseMeta":{"id":', json.encode(aggregate.requestMeta.id), ',"processTime":', elapsed,
          '},"responses":[', table.concat(out, ","), "]}")
        """;
}
