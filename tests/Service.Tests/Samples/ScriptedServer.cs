using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plimsoll.Client;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>A server that answers each request as the next line of its script says; the last line goes on for ever.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly ConcurrentQueue<Func<HttpContext, Task>> _script;

    ScriptedServer(WebApplication app, IEnumerable<Func<HttpContext, Task>> script) => (_app, _script) = (app, new(script));

    public Uri Address => new(_app.Urls.Single());

    public ConcurrentQueue<SeenRequest> Requests { get; } = [];

    public static async Task<ScriptedServer> Start(params Func<HttpContext, Task>[] script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Logging.ClearProviders();
        var server = new ScriptedServer(builder.Build(), script);
        server._app.Run(server.Answer);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public PlimsollClient Client(Func<PlimsollClientOptions, PlimsollClientOptions>? change = null)
    {
        var options = new PlimsollClientOptions(Address) { Token = "the-token-of-this-test" };
        return new PlimsollClient(change?.Invoke(options) ?? options);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    Task Answer(HttpContext context)
    {
        var headers = context.Request.Headers;
        Requests.Enqueue(new SeenRequest(
            context.Request.Method, context.Request.Path + context.Request.QueryString, headers.Authorization.ToString(), headers["Idempotency-Key"].ToString(),
            headers["Last-Event-ID"].ToString(), TimeProvider.System.GetTimestamp()));
        var line = _script.Count == 1 && _script.TryPeek(out var last) || _script.TryDequeue(out last) ? last : throw new InvalidOperationException("the script is empty");
        return line(context);
    }

    /// <summary>A whole answer.</summary>
    public static Func<HttpContext, Task> Says(int status, string json, params (string Name, string Value)[] headers) => async context =>
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.StatusCode = status;
        context.Response.ContentType = status < 400 ? "application/json" : "application/problem+json";
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        await context.Response.WriteAsync(json);
    };

    /// <summary>Takes the whole request and hangs up without a word.</summary>
    public static async Task LosesTheAnswer(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Abort();
    }

    /// <summary>Hangs up when so many bytes of the request have come.</summary>
    public static Func<HttpContext, Task> CutsAfter(int bytes) => async context =>
    {
        await context.Request.Body.ReadAtLeastAsync(new byte[bytes], bytes, cancellationToken: context.RequestAborted);
        context.Abort();
    };

    /// <summary>Sends a part of an answer that it announced to be longer.</summary>
    public static Func<HttpContext, Task> SaysHalf(string json) => async context =>
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        await context.Response.WriteAsync(json[..(json.Length / 2)]);
        await context.Response.Body.FlushAsync();
        context.Abort();
    };

    /// <summary>Server-sent events, each with its length for an id; hangs up when <paramref name="heard"/> ends, since what is on its way then is lost.</summary>
    public static Func<HttpContext, Task> Tells(Task heard, params string[] events) => async context =>
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var data in events)
            await context.Response.WriteAsync($"event: state\nid: {data.Length}\ndata: {data}\n\n");
        await context.Response.Body.FlushAsync();
        await heard;
        context.Abort();
    };
}

/// <param name="At">A timestamp of the system's clock.</param>
internal sealed record SeenRequest(string Method, string Path, string Authorization, string IdempotencyKey, string LastEventId, long At);
