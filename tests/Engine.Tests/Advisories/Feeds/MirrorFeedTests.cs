using System.Text;
using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Tests.Advisories.Library;

namespace Plimsoll.Engine.Tests.Advisories.Feeds;

public sealed class MirrorFeedTests : IAsyncDisposable
{
    readonly LibrarySample _library = new();
    readonly MirrorServer _server = new();

    public MirrorFeedTests()
    {
        _server.Files["/kev.json"] = Catalogue("CVE-2026-0001");
        _server.Files["/epss.csv"] = "cve,epss,percentile\nCVE-2026-0001,0.5,0.9\n"u8.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _library.Dispose();
    }

    [Fact]
    public async Task The_catalogue_and_the_scores_come_once_and_again_when_they_have_changed()
    {
        Assert.Equal(SourceUpdateWay.Whole, (await Update(SourceKind.KnownExploited, "kev.json")).Way);
        Assert.Equal(SourceUpdateWay.Whole, (await Update(SourceKind.ExploitScores, "epss.csv")).Way);
        Assert.Equal(SourceUpdateWay.Unchanged, (await Update(SourceKind.KnownExploited, "kev.json")).Way);
        Assert.Equal(SourceUpdateWay.Unchanged, (await Update(SourceKind.ExploitScores, "epss.csv")).Way);
        _server.Files["/kev.json"] = Catalogue("CVE-2026-0001", "CVE-2026-0002");
        Assert.Equal(SourceUpdateWay.Whole, (await Update(SourceKind.KnownExploited, "kev.json")).Way);
        using var library = _library.Open();

        Assert.Equal((new DateOnly(2026, 1, 1), null), (library.Exploitation("CVE-2026-0002")?.KnownSince, library.Exploitation("CVE-2026-0002")?.Probability));
        Assert.Equal(0.5m, library.Exploitation("CVE-2026-0001")?.Probability);
        Assert.Equal(["200", "200", "304", "304", "200"], _server.Answered.Select(answer => answer.Split(' ')[0]));
    }

    [Theory]
    [InlineData("none.json", "/none.json answers 404")]
    [InlineData("epss.csv", "/epss.csv: it is not what KEV is")]
    [InlineData("html", "/html: it is not what KEV is")]
    [InlineData("empty.json", "/empty.json: it holds no record that can be read")]
    public async Task What_is_no_catalogue_leaves_what_was_there(string path, string why)
    {
        _server.Files["/html"] = "<html>"u8.ToArray();
        _server.Files["/empty.json"] = Catalogue();
        await Update(SourceKind.KnownExploited, "kev.json");
        var before = _library.Bytes;

        Assert.EndsWith(why, (await Update(SourceKind.KnownExploited, path)).Failure, StringComparison.Ordinal);
        Assert.Equal(before, _library.Bytes);
    }

    async Task<SourceUpdate> Update(SourceKind kind, string path)
    {
        using var mirror = new AdvisoryMirror(_server.Address, new() { Wait = TimeSpan.Zero });
        using var import = _library.Begin();
        var outcome = await new MirrorUpdate(import, mirror, LibrarySample.Now).Bring(kind, new Uri(_server.Address, path), TestContext.Current.CancellationToken);
        Assert.True(import.Complete(false, TestContext.Current.CancellationToken).IsWritten);
        return outcome;
    }

    static byte[] Catalogue(params IEnumerable<string> cves) => Encoding.UTF8.GetBytes(
        $$"""{"catalogVersion": "1", "vulnerabilities": [{{string.Join(", ", cves.Select(cve => $$"""{"cveID": "{{cve}}", "dateAdded": "2026-01-01"}"""))}}]}""");
}
