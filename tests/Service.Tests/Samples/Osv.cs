using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Plimsoll.Client.Advisories;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>Small advisories about packages of Node.js, and images that have one.</summary>
internal static class Osv
{
    /// <summary>9.8.</summary>
    public const string Critical = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";

    /// <summary>7.5.</summary>
    public const string High = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N";

    /// <summary>1.8.</summary>
    public const string Low = "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="fixedIn">Null: no version is without it.</param>
    public static string Record(string id, string package, string? fixedIn, string? cvss = null, string? cve = null, string modified = "2026-07-01T00:00:00Z", string? withdrawn = null) =>
        $$"""
        {"id":"{{id}}","modified":"{{modified}}","published":"2026-06-01T00:00:00Z","summary":"about {{package}}"{{(withdrawn is null ? "" : $$""","withdrawn":"{{withdrawn}}" """)}},
         "aliases":[{{(cve is null ? "" : $"\"{cve}\"")}}],"severity":[{{(cvss is null ? "" : $$"""{"type":"CVSS_V3","score":"{{cvss}}"}""")}}],
         "affected":[{"package":{"ecosystem":"npm","name":"{{package}}"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"}{{(fixedIn is null ? "" : $$""",{"fixed":"{{fixedIn}}"}""")}}]}]}]}
        """;

    public static byte[] Zip(params string[] records)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            for (var i = 0; i < records.Length; i++)
            {
                using var entry = zip.CreateEntry($"{i}.json").Open();
                entry.Write(Encoding.UTF8.GetBytes(records[i]));
            }
        return bytes.ToArray();
    }

    public static byte[] Exploited(params string[] cves) => Encoding.UTF8.GetBytes(
        $$"""{"dateReleased":"2026-07-02T00:00:00Z","vulnerabilities":[{{string.Join(',', cves.Select(cve => $$"""{"cveID":"{{cve}}","dateAdded":"2026-06-20"}"""))}}]}""");

    /// <summary>An image with one package.</summary>
    public static byte[] Image(string package, string version, int number = 0, string user = "1000") =>
        TinyImage.Of($"app/node_modules/{package}/package.json", Encoding.UTF8.GetBytes($$"""{"name":"{{package}}","version":"{{version}}"}"""), number, user);

    public static Task<HttpResponseMessage> Send(this Service service, byte[] file, string query = "", string type = "application/octet-stream", DateTimeOffset? asOf = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/advisories{query}") { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Content.Headers.LastModified = asOf;
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return service.Http.SendAsync(request, Ct);
    }

    /// <summary>What the import of a file that is taken made of the advisories.</summary>
    public static async Task<AdvisoryImportBody> Import(this Service service, byte[] file, string query = "", string type = "application/octet-stream", DateTimeOffset? asOf = null)
    {
        using var answer = await service.Send(file, query, type, asOf);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<AdvisoryImportBody>(Ct))!;
    }
}
