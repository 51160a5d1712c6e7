using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plimsoll.Client;
using Plimsoll.Engine.Gates;

namespace Plimsoll.Operator.Tests.Samples;

/// <summary>
/// A Plimsoll on loopback, over real HTTP: it knows every image, has inspected none, and judges by the name: what is called <c>bad</c> is too large.
/// </summary>
internal sealed class FakeService : IAsyncDisposable
{
    readonly ConcurrentDictionary<string, bool> _inspected = [];
    readonly ConcurrentDictionary<string, int> _moved = [];
    readonly ConcurrentDictionary<string, string> _names = [];
    readonly WebApplication _app;
    int _requests;

    FakeService()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
        _app = builder.Build();
        _app.Use(async (context, next) =>
        {
            Interlocked.Increment(ref _requests);
            Seen.Enqueue($"{context.Request.Method} {context.Request.Path}{Uri.UnescapeDataString(context.Request.QueryString.Value ?? "")}");
            if (IsAway)
                context.Response.StatusCode = 503;
            else
                await next(context);
        });
        _app.MapGet("/v1/resolve", (string image) => Resolve(image));
        _app.MapPost("/v1/resolve", (ResolutionRequestBody body) =>
        {
            Keep(body.Credentials);
            return Resolve(body.Image);
        });
        _app.MapGet("/v1/verdicts", (string image, string policy) => policy == "nobody" ? Results.Problem(statusCode: 404, type: "/problems/policy-not-found", title: "There is no such policy") : Results.Json(Judge(image, policy, 3)));
        _app.MapPost("/v1/verdicts", (VerdictRequestBody body) => Results.Json(Judge(body.Image, "inline", 0)));
        _app.MapPost("/v1/inspections", (InspectionRequestBody body) =>
        {
            _inspected[body.Image!] = true;
            Keep(body.Credentials);
            return new InspectionBody(Guid.NewGuid(), "queued", body.Image, null, null, "operator", 0, DateTimeOffset.UnixEpoch, null, null, null, null, []);
        });
        _app.MapGet("/v1/images/{digest}", (string digest) => new ImageBody(digest, null, "linux/amd64", 12_345_678, 2, 30, DateTimeOffset.UnixEpoch));
    }

    public bool IsAway { get; set; }

    /// <summary>Of every image; null without advisories.</summary>
    public VulnerabilityCountsBody? Vulnerabilities { get; set; }

    public int Requests => Volatile.Read(ref _requests);

    public ConcurrentQueue<string> Seen { get; } = [];

    /// <summary>What came along, as user:password.</summary>
    public ConcurrentQueue<string> Logins { get; } = [];

    public Uri Address => new(_app.Urls.First());

    public static async Task<FakeService> Start()
    {
        var service = new FakeService();
        await service._app.StartAsync(Patience.Ct);
        return service;
    }

    /// <summary>What a tag points at now.</summary>
    public string DigestOf(string image)
    {
        var digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{image}#{_moved.GetValueOrDefault(image)}")));
        _names[digest] = image;
        return digest;
    }

    /// <summary>The same tag points at something else from now on.</summary>
    public void Move(string image) => _moved.AddOrUpdate(image, 1, (_, times) => times + 1);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    void Keep(CredentialsBody? login)
    {
        if (login is not null)
            Logins.Enqueue($"{login.Username}:{login.Password}");
    }

    ResolutionBody Resolve(string image) => new(image, DigestOf(image), [new ResolvedPlatformBody("linux/amd64", DigestOf(image))]);

    VerdictBody Judge(string image, string policy, int revision)
    {
        if (!_inspected.ContainsKey(image))
            return new VerdictBody(image, nameof(Outcome.Undecided), "not-inspected", policy, revision, []);
        var outcome = _names.GetValueOrDefault(image.Split('@')[1], image).Contains("bad", StringComparison.Ordinal) ? Outcome.Fail : Outcome.Pass;
        var rule = new RuleResult("limits.size", "250 MiB", outcome is Outcome.Fail ? "545 MB" : "12 MB", outcome, outcome is Outcome.Fail ? "remove 283 MB" : null);
        return new VerdictBody(image, outcome.ToString(), null, policy, revision, [new PlatformVerdictBody(image.Split('@')[1], "linux/amd64", outcome.ToString(), null, [rule], [], Vulnerabilities, Vulnerabilities is null ? null : DateTimeOffset.UnixEpoch)]);
    }
}
