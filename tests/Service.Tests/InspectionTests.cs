using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Plimsoll.Client;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests;

public sealed class InspectionTests(PostgresServer postgres, RedisServer redis)
{
    static Task<byte[]> Sample() => File.ReadAllBytesAsync(Repository.At("samples/webapp.tar"), TestContext.Current.CancellationToken);

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task An_uploaded_archive_is_inspected_and_its_report_is_kept(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var inspection = await service.Inspect(await Sample());
        Assert.Equal(("succeeded", 1), (inspection.State, inspection.Attempts));
        var report = await service.Json($"/v1/images/{Assert.Single(inspection.Images)}/report");
        Assert.Equal("docker.io/library/webapp:1.4.2", report.GetProperty("image").GetProperty("reference").GetString());
        Assert.Equal(16, report.GetProperty("findings").GetArrayLength());
        Assert.Equal(22, (await service.Json($"/v1/images/{inspection.Images[0]}/packages")).GetProperty("items").GetArrayLength());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task The_same_bytes_again_answer_from_the_store(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var first = await service.Inspect(await Sample());
        using var answer = await service.Http.PostAsync("/v1/inspections", new ByteArrayContent(await Sample()), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var known = await answer.Content.ReadFromJsonAsync<InspectionBody>(TestContext.Current.CancellationToken);
        Assert.Equal(first.Id, known!.Id);
        Assert.Single(known.Images);
        Assert.Equal(first.Images, known.Images);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_form_is_taken_as_well(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        using var form = new MultipartFormDataContent { { new StringContent("a note"), "note" }, { new ByteArrayContent(await Sample()), "file", "anything.png" } };
        using var answer = await service.Http.PostAsync("/v1/inspections", form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("succeeded", (await service.Ended((await answer.Content.ReadFromJsonAsync<InspectionBody>(TestContext.Current.CancellationToken))!.Id)).State);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task What_is_no_archive_is_refused_whatever_it_calls_itself(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        using var content = new ByteArrayContent("this is a text"u8.ToArray()) { Headers = { ContentType = new("application/x-tar") } };
        using var answer = await service.Http.PostAsync("/v1/inspections", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("/problems/not-an-image", (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("type").GetString());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_corrupt_archive_fails_once_with_its_reason(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var inspection = await service.Inspect([0x1f, 0x8b, .. new byte[100]]);
        Assert.Equal(("failed", 1), (inspection.State, inspection.Attempts));
        Assert.NotNull(inspection.Error);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task An_upload_goes_when_its_inspection_has_ended(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var inspection = await service.Inspect(await Sample());
        using var answer = await service.Http.PostAsJsonAsync("/v1/inspections", new InspectionRequestBody(Upload: inspection.Upload), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Lists_are_paged(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var ids = new List<Guid>();
        for (byte i = 0; i < 5; i++)
            ids.Add((await service.Inspect([0x1f, 0x8b, i])).Id);
        var seen = new List<Guid>();
        for (var path = "/v1/inspections?size=2"; ;)
        {
            var page = (await service.Http.GetFromJsonAsync<Page<InspectionBody>>(path, TestContext.Current.CancellationToken))!;
            seen.AddRange(page.Items.Select(item => item.Id));
            if (page.Next is not { } next)
                break;
            path = $"/v1/inspections?size=2&cursor={next}";
        }
        Assert.Equal(ids.AsEnumerable().Reverse(), seen);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"image\":\"a\",\"upload\":\"b\"}")]
    [InlineData("{\"image\":\"UPPER CASE\"}")]
    [InlineData("{\"upload\":\"sha256:12\"}")]
    [InlineData("{\"image\":\"web\",\"platforms\":[\"x\"]}")]
    [InlineData("{\"image\":\"web\",\"unheard\":1}")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task A_bad_request_says_what_is_wrong(string body)
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var answer = await service.Http.PostAsync("/v1/inspections", new StringContent(body, null, "application/json"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty((await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("detail").GetString()!);
    }
}
