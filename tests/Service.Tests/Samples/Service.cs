using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Api;
using Plimsoll.Client;
using Plimsoll.Store;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>How the service runs.</summary>
public enum Mode
{
    /// <summary>SQLite, alone.</summary>
    Embedded,

    /// <summary>PostgreSQL and Redis.</summary>
    Scaled,
}

/// <summary>The service in this process, listening on a free loopback port.</summary>
internal sealed class Service : IAsyncDisposable
{
    public const string AdminToken = "an-admin-token-for-the-tests";

    static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    readonly WebApplication _app;
    readonly string _data;

    Service(WebApplication app, string data, string address)
    {
        (_app, _data) = (app, data);
        Http = new HttpClient { BaseAddress = new Uri(address), DefaultRequestHeaders = { Authorization = new("Bearer", AdminToken) } };
        Anonymous = new HttpClient { BaseAddress = new Uri(address) };
    }

    /// <summary>Signed in as the admin of the configuration.</summary>
    public HttpClient Http { get; }

    public HttpClient Anonymous { get; }

    public string Address => _app.Urls.Single();

    public IServiceProvider Services => _app.Services;

    public static async Task<Service> Start(Mode mode, PostgresServer postgres, RedisServer redis, params (string Name, string Value)[] variables)
    {
        var data = Directory.CreateTempSubdirectory("plimsoll-service-").FullName;
        var settings = new Dictionary<string, string>
        {
            ["DATA_DIR"] = data, ["SECRET_KEY"] = new('k', 40), ["ADMIN_TOKEN"] = AdminToken, ["LOG_LEVEL"] = "Error", ["RATE_LIMIT"] = "off",
        };
        if (mode == Mode.Scaled)
        {
            Assert.SkipWhen(redis.Missing is not null, redis.Missing ?? "");
            (settings["DATABASE_URL"], settings["REDIS_URL"]) = (await postgres.NewDatabase(), redis.Url);
        }
        foreach (var (name, value) in variables)
            settings[name] = value;
        return await Start(data, settings, inspects: true);
    }

    /// <summary>An API that leaves inspections to workers, on a database that others use too.</summary>
    public static Task<Service> StartApi(string database, RedisServer redis) => Start(Directory.CreateTempSubdirectory("plimsoll-service-").FullName, Shared(database, redis), inspects: false);

    /// <summary>The variables of processes that work together.</summary>
    public static Dictionary<string, string> Shared(string database, RedisServer redis) => new()
    {
        ["DATABASE_URL"] = database, ["REDIS_URL"] = redis.Url, ["SECRET_KEY"] = new('k', 40), ["ADMIN_TOKEN"] = AdminToken, ["LOG_LEVEL"] = "Error", ["RATE_LIMIT"] = "off", ["LEASE_SECONDS"] = "2", ["WORKERS"] = "2",
    };

    static async Task<Service> Start(string data, Dictionary<string, string> settings, bool inspects)
    {
        settings.TryAdd("DATA_DIR", data);
        var ct = TestContext.Current.CancellationToken;
        var address = $"http://127.0.0.1:{Server.FreePort()}";
        var app = Serve.Build(["--urls", address], name => settings.GetValueOrDefault(name), inspects: inspects);
        await app.Services.GetRequiredService<Schema>().Migrate(ct);
        await app.StartAsync(ct);
        return new Service(app, data, address);
    }

    /// <summary>Uploads an archive and waits for the end of its inspection.</summary>
    public async Task<InspectionBody> Inspect(byte[] archive)
    {
        using var answer = await Http.PostAsync("/v1/inspections", new ByteArrayContent(archive), TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return await Ended((await answer.Content.ReadFromJsonAsync<InspectionBody>(TestContext.Current.CancellationToken))!.Id);
    }

    /// <summary>Submits a registry reference and waits for the end of its inspection.</summary>
    public async Task<InspectionBody> InspectReference(string image, CredentialsBody? credentials = null, IReadOnlyList<string>? platforms = null)
    {
        using var answer = await Http.PostAsJsonAsync("/v1/inspections", new InspectionRequestBody(image, null, platforms, credentials), TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return await Ended((await answer.Content.ReadFromJsonAsync<InspectionBody>(TestContext.Current.CancellationToken))!.Id);
    }

    /// <summary>The inspection when it has ended: its events tell.</summary>
    public async Task<InspectionBody> Ended(Guid id)
    {
        using var patience = Wait.Patience();
        await using var events = await Http.GetStreamAsync($"/v1/inspections/{id}/events", patience.Token);
        using var reader = new StreamReader(events);
        await reader.ReadToEndAsync(patience.Token);
        return (await Http.GetFromJsonAsync<InspectionBody>($"/v1/inspections/{id}", TestContext.Current.CancellationToken))!;
    }

    /// <summary>What lies in the store of files.</summary>
    public string[] BlobFiles() => Directory.Exists(Path.Combine(_data, "blobs")) ? Directory.GetFiles(Path.Combine(_data, "blobs")) : [];

    public Task<PlimsollDb> Database() => Services.GetRequiredService<IDbContextFactory<PlimsollDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);

    public async Task<T> Get<T>(string path) => (await Http.GetFromJsonAsync<T>(path, Wire, TestContext.Current.CancellationToken))!;

    public async Task<JsonElement> Json(string path) => await Http.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Anonymous.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
