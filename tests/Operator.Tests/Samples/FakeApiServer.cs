using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plimsoll.Operator.Cluster;

namespace Plimsoll.Operator.Tests.Samples;

/// <summary>An API server on loopback, over real HTTP: it keeps objects as the real one does, and says what a test has scripted before that.</summary>
internal sealed class FakeApiServer : IAsyncDisposable
{
    readonly Lock _lock = new();
    readonly List<(Func<HttpRequest, bool> When, Func<HttpContext, Task> Answer)> _script = [];
    readonly Dictionary<string, FakeCollection> _collections = [];
    readonly Channel<string> _requests = Channel.CreateUnbounded<string>();
    readonly CancellationTokenSource _end = new();
    readonly ConcurrentBag<ApiServer> _clients = [];
    readonly TimeProvider _clock;
    readonly WebApplication _app;

    FakeApiServer(TimeProvider clock)
    {
        _clock = clock;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        _app = builder.Build();
        _app.Run(Serve);
    }

    /// <summary>Asked before all else; true: it has answered.</summary>
    public Func<HttpContext, Task<bool>>? Fault { get; set; }

    /// <param name="clock">Says when objects were made.</param>
    public static async Task<FakeApiServer> Start(TimeProvider? clock = null)
    {
        var server = new FakeApiServer(clock ?? TimeProvider.System);
        await server._app.StartAsync(Patience.Ct);
        return server;
    }

    public KubernetesClientConfiguration Configuration => new() { Host = _app.Urls.First() };

    /// <summary>A client of it, which ends with it.</summary>
    public ApiServer Client()
    {
        var client = new ApiServer(Configuration);
        _clients.Add(client);
        return client;
    }

    /// <summary>The objects of a kind, such as <c>deployments</c>.</summary>
    public FakeCollection Of(string plural)
    {
        lock (_lock)
            return _collections.TryGetValue(plural, out var known) ? known : _collections[plural] = new FakeCollection(_clock);
    }

    /// <summary>Each of these answers one request to list, in this order.</summary>
    public void OnList(params Func<HttpContext, Task>[] answers) => On(request => request.Method == "GET" && request.Query["watch"] != "true", answers);

    /// <summary>Each of these answers one request to watch, in this order.</summary>
    public void OnWatch(params Func<HttpContext, Task>[] answers) => On(request => request.Query["watch"] == "true", answers);

    public void On(string method, params Func<HttpContext, Task>[] answers) => On(request => request.Method == method, answers);

    /// <summary>The next request that the server had, as method, path and query.</summary>
    public Task<string> Request() => _requests.Reader.ReadAsync(Patience.Ct).Soon();

    /// <summary>The next request to watch that it had; others are passed over.</summary>
    public async Task<string> WatchRequest()
    {
        while (true)
            if (await Request() is var request && request.Contains("watch=true", StringComparison.Ordinal))
                return request;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        // Nobody waits for watches to end by themselves.
        await _end.CancelAsync();
        await _app.StopAsync(CancellationToken.None);
        _end.Dispose();
        await _app.DisposeAsync();
    }

    void On(Func<HttpRequest, bool> when, Func<HttpContext, Task>[] answers)
    {
        lock (_lock)
            _script.AddRange(answers.Select(answer => (when, answer)));
    }

    async Task Serve(HttpContext context)
    {
        _requests.Writer.TryWrite($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        await using var end = _end.Token.Register(context.Abort);
        try
        {
            if (Scripted(context.Request) is { } answer)
                await answer(context);
            else if (Fault is null || !await Fault(context))
                await Keep(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    Func<HttpContext, Task>? Scripted(HttpRequest request)
    {
        lock (_lock)
        {
            if (_script.FindIndex(one => one.When(request)) is >= 0 and var at)
            {
                var answer = _script[at].Answer;
                _script.RemoveAt(at);
                return answer;
            }
            return null;
        }
    }

    Task Keep(HttpContext context)
    {
        // …/namespaces/NAMESPACE/PLURAL/NAME/SUBRESOURCE, or …/PLURAL for those of every namespace
        var parts = context.Request.Path.Value!.Trim('/').Split('/');
        var at = Array.IndexOf(parts, "namespaces");
        var (ns, plural, name) = at < 0 ? (null, parts[^1], null) : (parts[at + 1], parts[at + 2], parts.ElementAtOrDefault(at + 3));
        var collection = Of(plural);
        return (context.Request, ns, name) switch
        {
            (_, not null, not null) => FakeWrites.Serve(collection, context, plural, $"{ns}/{name}", parts.ElementAtOrDefault(at + 4)),
            ({ Method: "POST" }, not null, _) => FakeWrites.Create(collection, context, ns),
            var (request, _, _) when request.Query["watch"] == "true" => FakeReads.Watch(collection, context, ns),
            _ => FakeReads.List(collection, context, ns),
        };
    }
}
