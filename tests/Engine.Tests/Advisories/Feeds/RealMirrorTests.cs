using System.IO.Compression;
using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Tests.Advisories.Library;

namespace Plimsoll.Engine.Tests.Advisories.Feeds;

/// <summary>Two editions of real exports on a mirror.</summary>
public sealed class RealMirrorTests(ITestOutputHelper output) : IAsyncDisposable
{
    readonly LibrarySample _library = new(), _whole = new();
    readonly MirrorServer _server = new();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _library.Dispose();
        _whole.Dispose();
    }

    [Fact]
    public async Task Two_months_later_a_library_is_what_the_whole_exports_are()
    {
        foreach (var zip in OsvData.Exports("export-t1"))
            _whole.ImportZip(zip, OsvData.NameOf(zip));
        await Update("export-t0");
        var ways = await Update("export-t1");
        var again = await Update("export-t1");
        using var library = _library.Open();
        using var whole = _whole.Open();

        Assert.Contains(SourceUpdateWay.Records, ways);
        Assert.Contains(SourceUpdateWay.Whole, ways);
        Assert.All(again, way => Assert.Equal(SourceUpdateWay.Unchanged, way));
        Assert.Equal(whole.Sources.Select(source => (source.Name, source.Records, source.Rejected)), library.Sources.Select(source => (source.Name, source.Records, source.Rejected)));
        Assert.All(whole.Volumes.Zip(library.Volumes), pair => Assert.True(pair.First.HasBytesOf(pair.Second), $"{pair.First.Source.Name} is not what its export is"));
    }

    async Task<List<SourceUpdateWay>> Update(string edition)
    {
        var ways = new List<SourceUpdateWay>();
        using var mirror = new AdvisoryMirror(_server.Address, new());
        foreach (var zip in OsvData.Exports(edition))
        {
            var ecosystem = OsvData.NameOf(zip);
            _server.Files.Clear();
            Publish(ecosystem, zip);
            _server.Answered.Clear();
            using var import = _library.Begin();
            var (way, failure) = await new MirrorUpdate(import, mirror, LibrarySample.Now).Bring(ecosystem, null, null, TestContext.Current.CancellationToken);
            Assert.Null(failure);
            Assert.True(import.Complete(false, TestContext.Current.CancellationToken).IsWritten);
            var sent = _server.Answered.Where(answer => answer.StartsWith("200 ", StringComparison.Ordinal)).Sum(answer => (long)_server.Files[answer[4..]].Length);
            output.WriteLine($"measured: mirror: {ecosystem} as of {edition}: {way} by {_server.Answered.Count} questions and {sent / 1e6:0.00} MB; its export has {new FileInfo(zip).Length / 1e6:0.00} MB");
            ways.Add(way);
        }
        return ways;
    }

    void Publish(string ecosystem, string zip)
    {
        _server.Files[$"/{ecosystem}/all.zip"] = File.ReadAllBytes(zip);
        _server.Files[$"/{ecosystem}/{ModifiedList.Name}"] = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(zip)!, ModifiedList.Name));
        using var archive = ZipFile.OpenRead(zip);
        foreach (var entry in archive.Entries)
        {
            using var bytes = new MemoryStream();
            using (var content = entry.Open())
                content.CopyTo(bytes);
            _server.Files[$"/{ecosystem}/{entry.FullName}"] = bytes.ToArray();
        }
    }
}
