using Plimsoll.Client;
using Plimsoll.Client.Inspections;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests;

/// <summary>The client against the service itself.</summary>
public sealed class ClientTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static PlimsollClient ClientOf(Samples.Service service, string? token = Samples.Service.AdminToken) => new(new PlimsollClientOptions(new Uri(service.Address)) { Token = token });

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task An_image_is_uploaded_waited_for_and_read_in_every_way(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        using var client = ClientOf(service);
        var submitted = await client.Inspections.Submit(Archive.OfFile(Repository.At("samples/webapp.tar")), [], null, Ct);
        var ended = await client.Inspections.Wait(submitted.Id, null, Ct);
        Assert.Equal((submitted.Id, "succeeded"), (ended.Id, ended.State));
        Assert.Equal(ended.Images, (await client.Inspections.Get(submitted.Id, Ct)).Images);
        Assert.Equal([submitted.Id], await client.Inspections.All("succeeded", Ct).Select(inspection => inspection.Id).ToListAsync(Ct));
        var digest = Assert.Single(ended.Images);

        var image = await client.Images.Get(digest, Ct);
        Assert.Equal(image, Assert.Single(await client.Images.All(image.Reference, Ct).ToListAsync(Ct)));
        var report = await client.Images.Report(digest, Ct);
        Assert.Equal((digest, image.Findings), ((report.Image.ManifestDigest ?? report.Image.ConfigDigest).Value, report.Findings.Count));
        Assert.Equal(report.Layers, await client.Images.Layers(digest, Ct).ToListAsync(Ct));
        Assert.Equal(report.Findings, await client.Images.Findings(digest, Ct).ToListAsync(Ct));
        Assert.Equal(report.Packages.Select(package => package.Purl), await client.Images.Packages(digest, Ct).Select(package => package.Purl).ToListAsync(Ct));
        using var markdown = new MemoryStream();
        await client.Images.Report(digest, "markdown", markdown, Ct);
        Assert.StartsWith("## ", System.Text.Encoding.UTF8.GetString(markdown.ToArray()), StringComparison.Ordinal);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Policies_are_put_asked_and_deleted(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        using var client = ClientOf(service);
        var digest = (await service.Inspect(TinyImage.Archive(1))).Images[0];
        Assert.Equal(1, (await client.Policies.Put("strict", "name: strict\nlimits: { size: 1B }\n", Ct)).Revision);
        Assert.Equal("strict", Assert.Single(await client.Policies.All(Ct).ToListAsync(Ct)).Name);
        Assert.Equal("strict", (await client.Policies.Get("strict", Ct)).Name);
        Assert.Equal(("Fail", 1), (await client.Verdicts.Get(digest, "strict", [], Ct)) is var named ? (named.Outcome, named.Revision) : default);
        Assert.Equal("Undecided", (await client.Verdicts.Get(digest, "strict", ["linux/s390x"], Ct)) is { Platforms: [] } other ? other.Outcome : "");
        Assert.Equal("Pass", (await client.Verdicts.Judge(new VerdictRequestBody(digest, "name: lax\nlimits: { size: 1GB }\n"), Ct)).Outcome);
        Assert.Equal(Engine.Gates.Outcome.Fail, (await client.Policies.Check("strict", digest, Ct)).Outcome);
        await client.Policies.Delete("strict", Ct);
        var gone = await Assert.ThrowsAsync<PlimsollException>(() => client.Policies.Get("strict", Ct));
        Assert.Equal((404, "policy-not-found", false), (gone.Status, gone.Type, gone.IsPassing));
    }

    [Fact]
    public async Task A_policy_that_cannot_be_read_is_refused_with_each_problem()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var client = ClientOf(service);
        var refused = await Assert.ThrowsAsync<PlimsollException>(() => client.Policies.Put("p", "name: p\nlimit: 3\nfindings: { failOn: wild }\n", Ct));
        Assert.Equal((422, "bad-policy"), (refused.Status, refused.Type));
        Assert.Equal([2, 3], refused.Problems.Select(problem => problem.Line));
    }

    [Fact]
    public async Task Tokens_are_made_used_and_taken_back()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var admin = ClientOf(service);
        var made = await admin.Tokens.Create(new NewTokenBody("reader", "read", Days: 1), Ct);
        using (var reader = ClientOf(service, made.Token))
        {
            Assert.Empty((await reader.Images.Page(null, 1, Ct)).Items);
            Assert.Equal((403, "not-allowed"), await Assert.ThrowsAsync<PlimsollException>(() => reader.Tokens.Create(new NewTokenBody("other", "read"), Ct)) is var e ? (e.Status, e.Type) : default);
            await admin.Tokens.Delete(Assert.Single(await admin.Tokens.All(Ct).ToListAsync(Ct)).Id, Ct);
            Assert.Equal(401, (await Assert.ThrowsAsync<PlimsollException>(() => reader.Images.Page(null, 1, Ct))).Status);
        }
        using var nobody = ClientOf(service, null);
        Assert.Equal("not-signed-in", (await Assert.ThrowsAsync<PlimsollException>(() => nobody.Images.Page(null, 1, Ct))).Type);
        Assert.NotEqual("", (await nobody.Version(Ct)).Version);
    }

    [Fact]
    public async Task A_webhook_is_made_tried_changed_and_taken_away()
    {
        await using var receiver = await Receiver.Start();
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var client = ClientOf(service);
        var made = await client.Webhooks.Create(new WebhookRequestBody(receiver.Url, ["inspection.succeeded"], "of a test"), Ct);
        Assert.Equal("of a test", Assert.Single(await client.Webhooks.All(Ct).ToListAsync(Ct)).Description);
        var sent = await client.Webhooks.Ping(made.Id, Ct);
        await Wait.Until(async () => (await client.Webhooks.Delivery(made.Id, sent.Id, Ct)).State == "delivered");
        Assert.Equal(sent.Event, (await client.Webhooks.Redeliver(made.Id, sent.Id, Ct)).Event);
        await Wait.Until(async () => await client.Webhooks.Deliveries(made.Id, "delivered", Ct).CountAsync(Ct) == 2);
        Assert.NotEqual(made.Secret, (await client.Webhooks.Rotate(made.Id, Ct)).Secret);
        Assert.False((await client.Webhooks.Replace(made.Id, new WebhookRequestBody(receiver.Url, Enabled: false), Ct)).Enabled);
        Assert.NotNull((await client.Webhooks.Get(made.Id, Ct)).PreviousSecretUntil);
        await client.Webhooks.Delete(made.Id, Ct);
        Assert.Equal(404, (await Assert.ThrowsAsync<PlimsollException>(() => client.Webhooks.Get(made.Id, Ct))).Status);
    }

    [Fact]
    public async Task The_jobs_tell_how_they_fare()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var client = ClientOf(service);
        var jobs = await client.Jobs.All(Ct).ToListAsync(Ct);
        Assert.Contains(jobs, job => job.Name == "retention");
        Assert.All(jobs, job => Assert.NotEqual("", job.What));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Waiting_tells_each_layer_as_it_is_read(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        using var client = ClientOf(service);
        // News may be lost, and the first comes when somebody listens: large enough that some is left to tell.
        var submitted = await client.Inspections.Submit(Archive.OfStream(new MemoryStream(TinyImage.Archive(2, bytes: 200 << 20))), [], null, Ct);
        var (states, layers) = (new List<string>(), new List<LayerStepBody>());
        var ended = await client.Inspections.Wait(submitted.Id, new Told(news =>
        {
            if (news.Inspection is { } inspection)
                states.Add(inspection.State);
            if (news.Layer is { } layer)
                layers.Add(layer);
        }), Ct);
        Assert.Equal("succeeded", ended.State);
        Assert.Equal(states, states.Distinct());
        Assert.Equal("succeeded", states[^1]);
        Assert.NotEmpty(layers);
        Assert.Single(layers.Select(layer => layer.Layer).Distinct());
    }

    [Fact]
    public async Task An_inspection_is_cancelled_once()
    {
        await using var service = await Samples.Service.StartApi(await postgres.NewDatabase(), redis);
        using var client = ClientOf(service);
        var submitted = await client.Inspections.Submit(new InspectionRequestBody("registry.example/web:1"), Ct);
        await client.Inspections.Cancel(submitted.Id, Ct);
        Assert.Equal("cancelled", (await client.Inspections.Wait(submitted.Id, null, Ct)).State);
        Assert.Equal("inspection-ended", (await Assert.ThrowsAsync<PlimsollException>(() => client.Inspections.Cancel(submitted.Id, Ct))).Type);
    }

    [Fact]
    public async Task Lists_go_on_over_pages()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var client = ClientOf(service);
        for (var number = 1; number <= 3; number++)
            await service.Inspect(TinyImage.Archive(number));
        var first = await client.Images.Page(null, 2, Ct);
        var second = await client.Images.Page(first.Next, 2, Ct);
        Assert.Equal((2, 1, null), (first.Items.Count, second.Items.Count, second.Next));
        Assert.Equal(await client.Images.All(null, Ct).ToListAsync(Ct), first.Items.Concat(second.Items));
    }

    sealed class Told(Action<EventBody> what) : IProgress<EventBody>
    {
        public void Report(EventBody value) => what(value);
    }
}
