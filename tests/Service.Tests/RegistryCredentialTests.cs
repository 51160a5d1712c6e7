using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Client;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests;

/// <summary>Logins at registries, against the reference registry server with basic authentication.</summary>
[Trait("Category", "Slow")]
public sealed class RegistryCredentialTests(PostgresServer postgres, RedisServer redis)
{
    const string Password = "wharf-7";

    /// <summary>bcrypt of the password for the user "ann".</summary>
    const string Htpasswd = "ann:$2y$05$RzcFNaSruMNff./1LR8S2ekoYgGpP/c2wZLbYr3wb/N.ubNtVMOFq\n";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static async Task<(Process Server, string Host)> StartRegistry(TemporaryFolder folder)
    {
        Assert.SkipWhen(Server.PathOf("docker-registry") is null, "docker-registry is not installed");
        var port = Server.FreePort();
        var server = Server.Start(Server.PathOf("docker-registry")!, "serve", folder.Write("config.yml",
            $"version: 0.1\nstorage: {{ filesystem: {{ rootdirectory: {folder.At("data")} }} }}\nhttp: {{ addr: \"127.0.0.1:{port}\" }}\nauth: {{ htpasswd: {{ realm: test, path: {folder.Write("htpasswd", Htpasswd)} }} }}\n"));
        _ = (server.StandardOutput.ReadToEndAsync(Ct), server.StandardError.ReadToEndAsync(Ct));
        await Server.Listening(port, server);
        return (server, $"127.0.0.1:{port}");
    }

    // OCI Distribution specification, "Pushing": a blob in one request, then the manifest.
    static async Task Push(string host, string repository, OciImage image)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{host}"), DefaultRequestHeaders = { Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"ann:{Password}"))) } };
        foreach (var blob in image.Blobs)
        {
            using var begun = await http.PostAsync($"/v2/{repository}/blobs/uploads/", null, Ct);
            var place = begun.Headers.Location!.ToString();
            using var content = new ByteArrayContent(blob) { Headers = { ContentType = new("application/octet-stream") } };
            using var put = await http.PutAsync($"{place}{(place.Contains('?', StringComparison.Ordinal) ? '&' : '?')}digest={Uri.EscapeDataString(OciImage.DigestOf(blob))}", content, Ct);
            Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        }
        using var manifest = new ByteArrayContent(image.Manifest) { Headers = { ContentType = new(OciImage.ManifestType) } };
        using var tagged = await http.PutAsync($"/v2/{repository}/manifests/1", manifest, Ct);
        Assert.Equal(HttpStatusCode.Created, tagged.StatusCode);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_login_that_is_sent_along_opens_the_registry_for_that_inspection_alone_and_is_never_seen_again(Mode mode)
    {
        using var folder = new TemporaryFolder();
        var (server, host) = await StartRegistry(folder);
        using var logged = new StringWriter();
        var console = Console.Out;
        try
        {
            Console.SetOut(TextWriter.Synchronized(logged));
            var image = OciImage.Number(7);
            await Push(host, "shop/web", image);
            await using var service = await Samples.Service.Start(mode, postgres, redis, ("REGISTRY_ALLOW_PRIVATE", "127.0.0.1"), ("LOG_LEVEL", "DEBUG"));

            var refused = await service.InspectReference($"{host}/shop/web:1");
            Assert.Equal(("failed", 1), (refused.State, refused.Attempts));
            Assert.Contains("does not let you read", refused.Error);
            Assert.Equal("failed", (await service.InspectReference($"{host}/shop/web:1", new CredentialsBody("ann", "harbour-8"))).State);

            var opened = await service.InspectReference($"{host}/shop/web:1", new CredentialsBody("ann", Password));
            Assert.Equal(("succeeded", image.Digest), (opened.State, Assert.Single(opened.Images)));
            Assert.Equal("failed", (await service.InspectReference($"{host}/shop/web:1")).State);

            await using var db = await service.Database();
            Assert.Equal(0, await db.Inspections.CountAsync(row => row.Credentials != null, Ct));
            Assert.DoesNotContain(Password, await service.Http.GetStringAsync("/v1/inspections", Ct));
            Assert.DoesNotContain(Password, await service.Http.GetStringAsync($"/v1/images/{image.Digest}/report", Ct));
        }
        finally
        {
            Console.SetOut(console);
            server.Kill();
            await server.WaitForExitAsync(Ct);
            server.Dispose();
        }
        Assert.Contains("started, attempt", logged.ToString());
        Assert.DoesNotContain(Password, logged.ToString());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_login_waits_encrypted_and_goes_when_its_inspection_is_cancelled(Mode mode)
    {
        await using var registry = await TinyRegistry.Start();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        registry.Before = async _ =>
        {
            asked.TrySetResult();
            await over.Task;
            return null;
        };
        await using var service = await Samples.Service.Start(mode, postgres, redis, registry.Variables());
        using var answer = await service.Http.PostAsJsonAsync("/v1/inspections", new InspectionRequestBody($"{registry.Host}/shop/web:1", Credentials: new CredentialsBody("ann", Password)), Ct);
        var id = (await answer.Content.ReadFromJsonAsync<InspectionBody>(Ct))!.Id;
        await asked.Task.WaitAsync(Ct);
        await using var db = await service.Database();
        var kept = await db.Inspections.Where(row => row.Id == id).Select(row => row.Credentials).SingleAsync(Ct);
        Assert.DoesNotContain(Password, Encoding.Latin1.GetString(kept!), StringComparison.Ordinal);
        using var cancelled = await service.Http.DeleteAsync($"/v1/inspections/{id}", Ct);
        Assert.Null(await db.Inspections.Where(row => row.Id == id).Select(row => row.Credentials).SingleAsync(Ct));
        over.SetResult();
    }

    [Fact]
    public async Task A_login_that_is_sent_along_resolves_where_the_service_s_own_do_not()
    {
        using var folder = new TemporaryFolder();
        var (server, host) = await StartRegistry(folder);
        try
        {
            var image = OciImage.Number(9);
            await Push(host, "shop/web", image);
            await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis, ("REGISTRY_ALLOW_PRIVATE", "127.0.0.1"));
            using var client = new PlimsollClient(new PlimsollClientOptions(service.Http.BaseAddress!) { Token = Samples.Service.AdminToken });

            Assert.Equal(image.Digest, (await client.Images.Resolve(new ResolutionRequestBody($"{host}/shop/web:1", new CredentialsBody("ann", Password)), Ct)).Digest);
            foreach (var login in new[] { null, new CredentialsBody("ann", "wrong") })
                Assert.Equal("registry-login", (await Assert.ThrowsAsync<PlimsollException>(() => client.Images.Resolve(new ResolutionRequestBody($"{host}/shop/web:1", login), Ct))).Type);
            Assert.Equal("bad-request", (await Assert.ThrowsAsync<PlimsollException>(() => client.Images.Resolve(new ResolutionRequestBody("web:1", new CredentialsBody("ann", null!)), Ct))).Type);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(Ct);
            server.Dispose();
        }
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_login_of_the_configuration_serves_every_inspection(Mode mode)
    {
        using var folder = new TemporaryFolder();
        var (server, host) = await StartRegistry(folder);
        try
        {
            await Push(host, "shop/web", OciImage.Number(8));
            var login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"ann:{Password}"));
            var file = folder.Write("config.json", "{\"auths\":{\"" + host + "\":{\"auth\":\"" + login + "\"}}}");
            await using var service = await Samples.Service.Start(mode, postgres, redis, ("REGISTRY_ALLOW_PRIVATE", "127.0.0.1"), ("REGISTRY_AUTH_FILE", file));
            Assert.Equal("succeeded", (await service.InspectReference($"{host}/shop/web:1")).State);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(Ct);
            server.Dispose();
        }
    }

    [Theory]
    [InlineData("{\"image\":\"a/b\",\"credentials\":{}}")]
    [InlineData("{\"image\":\"a/b\",\"credentials\":{\"username\":\"ann\"}}")]
    [InlineData("{\"image\":\"a/b\",\"credentials\":{\"username\":\"ann\",\"password\":null}}")]
    [InlineData("{\"image\":\"a/b\",\"credentials\":[]}")]
    public async Task Half_a_login_is_refused(string body)
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var answer = await service.Http.PostAsync("/v1/inspections", new StringContent(body, null, "application/json"), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
