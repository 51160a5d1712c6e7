using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store;
using Plimsoll.Store.Images;

namespace Plimsoll.Service.Tests.Images;

public sealed class ReportFormatTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static async Task<string> Inspect(Samples.Service service) =>
        Assert.Single((await service.Inspect(await File.ReadAllBytesAsync(Repository.At("samples/webapp.tar"), Ct))).Images);

    static async Task<HttpResponseMessage> Get(Samples.Service service, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await service.Http.SendAsync(request, Ct);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Every_form_can_be_had_by_its_name_and_by_its_type(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var path = $"/v1/images/{await Inspect(service)}/report";
        foreach (var (name, type, sign) in new[]
        {
            ("json", "application/json", "\"findings\""), ("cyclonedx", "application/vnd.cyclonedx+json", "\"bomFormat\""), ("spdx", "application/spdx+json", "SPDXRef-DOCUMENT"),
            ("sarif", "application/sarif+json", "sarif-2.1.0"), ("gitlab", "application/vnd.gitlab.container-scanning+json", "\"vulnerabilities\""),
            ("junit", "application/junit+xml", "<testsuite"), ("markdown", "text/markdown", "### What to mend"), ("html", "text/html", "<!doctype html>"),
        })
        {
            using var named = await Get(service, $"{path}?format={name}");
            var body = await named.Content.ReadAsStringAsync(Ct);
            Assert.Equal((HttpStatusCode.OK, type), (named.StatusCode, named.Content.Headers.ContentType!.MediaType));
            Assert.Contains(sign, body);
            if (type.EndsWith("json", StringComparison.Ordinal))
                JsonDocument.Parse(body).Dispose();
            if (type.EndsWith("xml", StringComparison.Ordinal))
                XDocument.Parse(body);
            using var negotiated = await Get(service, path, ("Accept", type));
            Assert.Equal((body, named.Headers.ETag), (await negotiated.Content.ReadAsStringAsync(Ct), negotiated.Headers.ETag));
        }
    }

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/*", "application/json")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html")]
    [InlineData("text/*", "text/markdown")]
    [InlineData("application/json;q=0.2, application/sarif+json;q=0.7, */*;q=0.1", "application/sarif+json")]
    [InlineData("application/json;q=0, */*", "application/vnd.cyclonedx+json")]
    [InlineData("text/xml", "application/junit+xml")]
    [InlineData("application/vnd.cyclonedx+json; version=1.6", "application/vnd.cyclonedx+json")]
    [InlineData("text/markdown, */*", "text/markdown")]
    public async Task The_form_is_the_one_that_the_caller_wants_most(string? accept, string type)
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var answer = await Get(service, $"/v1/images/{await Inspect(service)}/report", accept is null ? [] : [("Accept", accept)]);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Accept", answer.Headers.Vary);
    }

    [Theory]
    [InlineData("?format=pdf", null)]
    [InlineData("", "application/pdf")]
    [InlineData("", "application/vnd.cyclonedx+json; version=1.5")]
    [InlineData("", "*/*;q=0")]
    public async Task A_form_that_there_is_not_is_refused_with_those_that_there_are(string query, string? accept)
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var answer = await Get(service, $"/v1/images/sha256:{new string('0', 64)}/report{query}", accept is null ? [] : [("Accept", accept)]);
        Assert.Equal((HttpStatusCode.NotAcceptable, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var detail = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement.GetProperty("detail").GetString()!;
        Assert.All(["json", "cyclonedx", "spdx", "sarif", "junit", "markdown", "html", "gitlab"], name => Assert.Contains(name, detail));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Who_has_the_bytes_is_told_so(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var path = $"/v1/images/{await Inspect(service)}/report";
        foreach (var format in (string[])["json", "sarif", "html"])
        {
            using var first = await Get(service, $"{path}?format={format}");
            Assert.True(first.Headers.CacheControl is { Private: true, NoCache: true, NoStore: false });
            foreach (var known in (string[])[first.Headers.ETag!.Tag, $"W/{first.Headers.ETag.Tag}", $"\"x\", {first.Headers.ETag.Tag}", "*"])
            {
                using var again = await Get(service, $"{path}?format={format}", ("If-None-Match", known));
                Assert.Equal((HttpStatusCode.NotModified, 0), (again.StatusCode, (await again.Content.ReadAsByteArrayAsync(Ct)).Length));
                Assert.Equal(first.Headers.ETag, again.Headers.ETag);
            }
            using var other = await Get(service, $"{path}?format={format}", ("If-None-Match", "\"x\""));
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        }
    }

    [Theory(Timeout = 60_000), InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_report_that_is_larger_than_what_the_server_holds_back_goes_out_whole(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var status = string.Concat(Enumerable.Range(0, 1000).Select(i => $"Package: library-{i}\nStatus: install ok installed\nVersion: 1.{i}-1\nArchitecture: amd64\n\n"));
        var image = Assert.Single((await service.Inspect(TinyImage.Of("var/lib/dpkg/status", System.Text.Encoding.UTF8.GetBytes(status)))).Images);
        using var plain = await Get(service, $"/v1/images/{image}/report");
        using var packed = await Get(service, $"/v1/images/{image}/report", ("Accept-Encoding", "gzip"));
        var bytes = await plain.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        using var inflated = new MemoryStream();
        await using (var gzip = new GZipStream(await packed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress))
            await gzip.CopyToAsync(inflated, TestContext.Current.CancellationToken);
        Assert.True(bytes.Length > 150_000);
        Assert.Equal(inflated.ToArray(), bytes);
        Assert.Equal(1000, JsonDocument.Parse(bytes).RootElement.GetProperty("packages").GetArrayLength());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Json_goes_out_as_it_is_stored_to_who_takes_gzip(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var path = $"/v1/images/{await Inspect(service)}/report";
        using var plain = await Get(service, path);
        var whole = await plain.Content.ReadAsByteArrayAsync(Ct);
        Assert.Equal(whole.Length, plain.Content.Headers.ContentLength);
        foreach (var accepted in (string[])["gzip", "br, gzip;q=0.5", "*", "gzip, deflate, br", "GZIP"])
        {
            using var packed = await Get(service, path, ("Accept-Encoding", accepted));
            Assert.Equal(["gzip"], packed.Content.Headers.ContentEncoding);
            Assert.Contains("Accept-Encoding", packed.Headers.Vary);
            Assert.NotEqual(plain.Headers.ETag, packed.Headers.ETag);
            await using var inflated = new GZipStream(await packed.Content.ReadAsStreamAsync(Ct), CompressionMode.Decompress);
            using var bytes = new MemoryStream();
            await inflated.CopyToAsync(bytes, Ct);
            Assert.Equal(whole, bytes.ToArray());
        }
        foreach (var refused in (string[])["identity", "br, zstd", "gzip;q=0", "*;q=0", "gzip;q=0, *"])
        {
            using var answer = await Get(service, path, ("Accept-Encoding", refused));
            Assert.Empty(answer.Content.Headers.ContentEncoding);
            Assert.Equal(whole, await answer.Content.ReadAsByteArrayAsync(Ct));
        }
    }

    [Fact]
    public async Task The_page_runs_its_own_script_and_nothing_else()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var answer = await Get(service, $"/v1/images/{await Inspect(service)}/report?format=html");
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains("sandbox allow-scripts", policy);
        Assert.DoesNotContain("unsafe-inline", policy);
        var page = await answer.Content.ReadAsStringAsync(Ct);
        foreach (var (element, directive) in new[] { ("style", "style-src"), ("script", "script-src") })
        {
            var content = page[(page.LastIndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2)..page.LastIndexOf($"</{element}>", StringComparison.Ordinal)];
            var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)));
            Assert.Contains($"{directive} 'sha256-{hash}'", policy);
        }
    }

    [Fact, Trait("Category", "Slow")]
    public async Task A_browser_runs_the_script_of_the_page_and_complains_of_nothing()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis, ("SECRET_KEY", ""));
        var (dom, console) = await Chromium.Visit($"{service.Http.BaseAddress}v1/images/{await Inspect(service)}/report?format=html");
        Assert.Empty(console);
        // The script makes the heads of the long tables into buttons.
        Assert.Contains("<button type=\"button\">", dom);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_report_is_read_again_when_it_is_no_longer_fresh(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var digest = await Inspect(service);
        var clock = new FakeTimeProvider();
        using var reader = new ReportReader(service.Services.GetRequiredService<IDbContextFactory<PlimsollDb>>(), service.Services.GetRequiredService<ReportJudge>(), clock);
        var first = await reader.Find(digest, Ct);
        Assert.Same(first, await reader.Find(digest, Ct));
        clock.Advance(ReportReader.Fresh);
        var second = await reader.Find(digest, Ct);
        Assert.Equal(first!.Hash, second!.Hash);
        reader.Forget(digest);
        Assert.NotSame(second, await reader.Find(digest, Ct));
        await using (var db = await service.Database())
            await db.Images.ExecuteDeleteAsync(Ct);
        Assert.NotNull(await reader.Find(digest, Ct));
        clock.Advance(ReportReader.Fresh);
        Assert.Null(await reader.Find(digest, Ct));
        Assert.Null(await reader.Find("sha256:none", Ct));
    }
}
