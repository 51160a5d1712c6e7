using System.Net;
using System.Text;
using Plimsoll.Client;
using Plimsoll.Client.Vex;
using Plimsoll.Engine.Vex;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests.Vex;

public sealed class VexApiTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static PlimsollClient ClientOf(Samples.Service service) => new(new PlimsollClientOptions(new Uri(service.Address)) { Token = Samples.Service.AdminToken });

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_document_is_sent_listed_read_as_it_was_sent_and_deleted(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        using var client = ClientOf(service);
        var sent = Encoding.UTF8.GetBytes(OpenVex.Of("pkg:npm/left").Replace("\"statements\": [", "\"statements\": [{ \"vulnerability\": \"CVE-1\", \"status\": \"fixed\" }, ", StringComparison.Ordinal));
        var receipt = await client.Vex.Submit(sent, Ct);
        Assert.True(receipt.Changed);
        Assert.Equal([new UnusableStatement(1, "CVE-1", "it names no product")], receipt.NotUsed);
        var document = receipt.Document;
        Assert.Equal(("https://vex.example/1", "OpenVEX", "team-a", "1", 1, 1), (document.DocumentId, document.Format, document.Author, document.Version, document.Statements, document.NotUsed));

        var again = await client.Vex.Submit(sent, Ct);
        Assert.Equal((false, document.Id), (again.Changed, again.Document.Id));
        Assert.Equal(document.Id, Assert.Single(await client.Vex.All(Ct).ToListAsync(Ct)).Id);
        Assert.Equal(sent, await client.Vex.Get(document.Id, Ct));
        await client.Vex.Delete(document.Id, Ct);
        Assert.Empty(await client.Vex.All(Ct).ToListAsync(Ct));
        Assert.Equal("vex-not-found", (await Assert.ThrowsAsync<PlimsollException>(() => client.Vex.Delete(document.Id, Ct))).Type);
        Assert.Equal("vex-not-found", (await Assert.ThrowsAsync<PlimsollException>(() => client.Vex.Get(document.Id, Ct))).Type);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_newer_state_replaces_an_older_one_and_no_other(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        await service.State(OpenVex.Of("pkg:npm/left", version: 2));
        await service.State(OpenVex.Of("pkg:npm/right", version: 3));
        foreach (var version in (int[])[1, 2, 3])
        {
            using var answer = await service.SendVex(OpenVex.Of("pkg:npm/other", version: version));
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            Assert.Contains("/problems/vex-not-newer", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
        var one = Assert.Single((await service.Get<Page<VexDocumentBody>>("/v1/vex")).Items);
        Assert.Equal("3", one.Version);
        Assert.Contains("pkg:npm/right", await service.Http.GetStringAsync($"/v1/vex/{one.Id}", Ct), StringComparison.Ordinal);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Of_many_that_are_sent_at_once_the_newest_stays(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis, ("CONCURRENT_UPLOADS", "32"));
        await Task.WhenAll(Enumerable.Range(1, 8).Select(async version =>
        {
            using var answer = await service.SendVex(OpenVex.Of("pkg:npm/left", version: version));
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict, $"{answer.StatusCode}");
            if (version == 8)
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }));
        Assert.Equal("8", Assert.Single((await service.Get<Page<VexDocumentBody>>("/v1/vex")).Items).Version);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task The_list_comes_in_pages(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        for (var i = 0; i < 5; i++)
            await service.State(OpenVex.Of("pkg:npm/left", id: $"https://vex.example/{i}"));
        var ids = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await service.Get<Page<VexDocumentBody>>($"/v1/vex?size=2{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            ids.AddRange(page.Items.Select(one => one.DocumentId));
            cursor = page.Next;
        }
        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"https://vex.example/{i}"), ids.Order());
        using var wrong = await service.Http.GetAsync("/v1/vex?cursor=*", Ct);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task What_is_no_document_is_refused_with_a_reason_and_nothing_changes()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        foreach (var (body, reason) in ((string, string)[])[("{}", "it is none of OpenVEX"), ("no", "it is not JSON"), ("", "it is not JSON"), (OpenVex.Of("pkg:npm/left", id: "a\\u0000b"), "its id has characters that no id has")])
        {
            using var answer = await service.SendVex(body);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains(reason, await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/vex") { Content = new ByteArrayContent(new byte[VexLimits.Bytes + 1]), Headers = { ExpectContinue = true } };
        using var large = await service.Http.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Empty((await service.Get<Page<VexDocumentBody>>("/v1/vex")).Items);
    }
}
