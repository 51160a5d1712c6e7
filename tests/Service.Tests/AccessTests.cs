using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Plimsoll.Client;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests;

public sealed class AccessTests(PostgresServer postgres, RedisServer redis)
{
    static readonly string[] Open = ["/health", "/health/live", "/health/ready", "/version"];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static async Task<string> Token(Samples.Service service, string scope)
    {
        using var answer = await service.Http.PostAsJsonAsync("/v1/tokens", new NewTokenBody(scope, scope), Ct);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<MadeTokenBody>(Ct))!.Token;
    }

    static async Task<HttpStatusCode> Ask(Samples.Service service, string method, string path, string? token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        if (method is "post" or "put")
            request.Content = new StringContent("{}", null, "application/json");
        using var answer = await service.Anonymous.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
        return answer.StatusCode;
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Every_endpoint_of_the_document_asks_for_the_token_that_it_needs(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var (read, submit) = (await Token(service, "read"), await Token(service, "submit"));
        var asked = 0;
        foreach (var path in (await service.Json("/openapi/v1.json")).GetProperty("paths").EnumerateObject())
            foreach (var operation in path.Value.EnumerateObject().Where(one => one.Name is "get" or "post" or "put" or "delete"))
            {
                if (Open.Contains(path.Name))
                    continue;
                var place = path.Name.Replace("{id}", Guid.NewGuid().ToString()).Replace("{digest}", "sha256:" + new string('0', 64)).Replace("{name}", "none").Replace("{delivery}", Guid.NewGuid().ToString());
                Assert.Equal(HttpStatusCode.Unauthorized, await Ask(service, operation.Name, place, null));
                Assert.Equal(HttpStatusCode.Unauthorized, await Ask(service, operation.Name, place, "plim_wrong"));
                var needed = NeededFor(operation.Name, path.Name);
                Assert.Equal(needed != "read", await Ask(service, operation.Name, place, read) == HttpStatusCode.Forbidden);
                Assert.Equal(needed == "admin", await Ask(service, operation.Name, place, submit) == HttpStatusCode.Forbidden);
                Assert.NotEqual(HttpStatusCode.Forbidden, await Ask(service, operation.Name, place, Samples.Service.AdminToken));
                asked++;
            }
        Assert.True(asked >= 18, $"only {asked} operations were asked");
    }

    static string NeededFor(string method, string path) =>
        path.StartsWith("/v1/tokens", StringComparison.Ordinal) || path.StartsWith("/v1/webhooks", StringComparison.Ordinal) || path == "/v1/jobs" || path == "/v1/advisories" && method is "post" || path.StartsWith("/v1/vex", StringComparison.Ordinal) && method is "post" or "delete" || path.StartsWith("/v1/images", StringComparison.Ordinal) && method is "delete" || path.StartsWith("/v1/policies", StringComparison.Ordinal) && method is "put" or "delete" && !path.StartsWith("/v1/inspections", StringComparison.Ordinal) ? "admin"
        : path.StartsWith("/v1/inspections", StringComparison.Ordinal) && method is "post" or "delete" || path == "/v1/resolve" && method is "post" ? "submit" : "read";

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_token_is_shown_once_kept_as_a_hash_and_ends_when_it_is_deleted(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var token = await Token(service, "read");
        Assert.Equal(HttpStatusCode.OK, await Ask(service, "get", "/v1/images", token));
        var listed = (await service.Json("/v1/tokens")).GetRawText();
        Assert.DoesNotContain(token, listed, StringComparison.Ordinal);
        await using (var db = await service.Database())
            Assert.DoesNotContain(token, JsonSerializer.Serialize(db.Tokens.ToList()), StringComparison.Ordinal);
        var id = JsonDocument.Parse(listed).RootElement.GetProperty("items")[0].GetProperty("id").GetGuid();
        using var deleted = await service.Http.DeleteAsync($"/v1/tokens/{id}", Ct);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await Ask(service, "get", "/v1/images", token));
    }

    [Fact]
    public async Task Without_sign_in_a_page_of_another_origin_is_refused_and_so_is_another_host_name()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis, ("SECRET_KEY", ""));
        Assert.Equal(HttpStatusCode.OK, await Ask(service, "get", "/v1/images", null));
        using var cross = new HttpRequestMessage(HttpMethod.Post, "/v1/inspections") { Headers = { { "Origin", "https://evil.example" } }, Content = new ByteArrayContent([0x1f, 0x8b]) };
        Assert.Equal(HttpStatusCode.Forbidden, (await service.Anonymous.SendAsync(cross, Ct)).StatusCode);
        using var rebound = new HttpRequestMessage(HttpMethod.Get, "/v1/images") { Headers = { Host = "evil.example" } };
        Assert.Equal(HttpStatusCode.BadRequest, (await service.Anonymous.SendAsync(rebound, Ct)).StatusCode);
    }

    [Fact]
    public async Task Every_answer_has_the_headers_that_tie_a_browser_down()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        foreach (var path in (string[])["/health", "/v1/images", "/nothing"])
        {
            using var answer = await service.Http.GetAsync(path, Ct);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Contains("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
            Assert.False(answer.Headers.Contains("Server"));
        }
    }
}
