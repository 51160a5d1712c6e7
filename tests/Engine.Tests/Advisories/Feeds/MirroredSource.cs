using System.Text;
using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Tests.Advisories.Library;

namespace Plimsoll.Engine.Tests.Advisories.Feeds;

/// <summary>An ecosystem that a mirror has, what a library makes of it, and what another makes of its whole export.</summary>
internal sealed class MirroredSource : IAsyncDisposable
{
    public const string Ecosystem = "PyPI";

    public LibrarySample Library { get; } = new();

    public MirrorServer Server { get; } = new();

    /// <summary>The JSON of each record, and when the list says that it was modified.</summary>
    public SortedDictionary<string, (string Json, string Modified)> Records { get; } = new(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Library.Dispose();
    }

    public void Put(string id, string name = "flask", string modified = "2026-01-01T00:00:00Z") => Records[id] = (LibrarySample.Record(id, name, modified: modified), modified);

    public void Put(IEnumerable<int> numbers, string modified = "2026-01-01T00:00:00Z")
    {
        foreach (var number in numbers)
            Put($"PYSEC-{number}", $"package-{number % 7}", modified);
    }

    /// <summary>Lays everything out as it is now.</summary>
    public void Publish(bool withZip = true)
    {
        foreach (var path in Server.Files.Keys.Where(path => path.EndsWith(".json", StringComparison.Ordinal)))
            Server.Files.TryRemove(path, out _);
        foreach (var (id, (json, _)) in Records)
            Server.Files[$"/{Ecosystem}/{id}.json"] = Encoding.UTF8.GetBytes(json);
        Server.Files[$"/{Ecosystem}/modified_id.csv"] = Encoding.UTF8.GetBytes(string.Concat(Records.Select(record => $"{record.Value.Modified},{record.Key}\n")));
        if (withZip)
            Server.Files[$"/{Ecosystem}/all.zip"] = File.ReadAllBytes(Library.Zip(Records.Values.Select(record => record.Json)));
        Server.Answered.Clear();
    }

    public async Task<SourceUpdate> Update(bool anew = false)
    {
        using var mirror = new AdvisoryMirror(Server.Address, new() { Wait = TimeSpan.Zero });
        using var import = Library.Begin();
        var outcome = await new MirrorUpdate(import, mirror, LibrarySample.Now, anew).Bring(Ecosystem, null, null, TestContext.Current.CancellationToken);
        Assert.True(import.Complete(false, TestContext.Current.CancellationToken).IsWritten);
        return outcome;
    }

    /// <summary>Updates, in this way and with these questions and no others, to what the whole export is.</summary>
    public async Task Updates(SourceUpdateWay way, params string[] asked)
    {
        Server.Answered.Clear();
        Assert.Equal(new SourceUpdate(way, null), await Update());
        Assert.Equal(asked, Server.Answered.Select(answer => answer.Replace($"/{Ecosystem}/", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        IsWhole();
    }

    public void IsWhole()
    {
        using var whole = new LibrarySample();
        whole.ImportZip(whole.Zip(Records.Values.Select(record => record.Json)), Ecosystem);
        using var expected = whole.Open();
        using var actual = Library.Open();

        Assert.Equal(expected.Sources.Select(source => (source.Records, source.Rejected, source.Newest)), actual.Sources.Select(source => (source.Records, source.Rejected, source.Newest)));
        Assert.True(expected.Volumes[0].HasBytesOf(actual.Volumes[0]), "it is another volume than that of the whole export");
    }
}
