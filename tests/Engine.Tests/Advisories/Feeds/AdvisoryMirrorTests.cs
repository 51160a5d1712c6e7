using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Engine.Tests.Advisories.Feeds;

public sealed class AdvisoryMirrorTests : IAsyncDisposable
{
    static readonly DateTimeOffset Now = new(2026, 8, 22, 0, 0, 0, TimeSpan.Zero);
    readonly MirrorServer _server = new();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Its_ecosystems_are_those_that_are_whole_and_can_be_folders()
    {
        _server.Files["/ecosystems.txt"] = "PyPI\r\nDebian\nDebian:12\n\nRocky Linux\n../etc\n.git\na/b\nAlpine:v3.20\nPyPI\n"u8.ToArray();
        using var mirror = new AdvisoryMirror(_server.Address, new());

        Assert.Equal(["PyPI", "Debian", "Rocky Linux", "Alpine:v3.20"], (await mirror.Ecosystems(TestContext.Current.CancellationToken)).Ecosystems);
    }

    [Fact]
    public async Task An_export_that_has_not_changed_is_not_sent_again()
    {
        _server.Files["/Rocky Linux/all.zip"] = new byte[100_000];
        var (first, bytes) = await Get("Rocky Linux");
        Assert.Equal(100_000, bytes.Length);
        Assert.NotNull(first.Validators.EntityTag);
        var known = new Provenance(Now, Now, _server.Address.AbsoluteUri.TrimEnd('/'), first.Validators);

        var (again, nothing) = await Get("Rocky Linux", known);
        Assert.Equal((true, 0), (again.IsUnchanged, nothing.Length));
        _server.Files["/Rocky Linux/all.zip"] = new byte[99_999];
        Assert.Equal(99_999, (await Get("Rocky Linux", known)).Bytes.Length);
        _server.Files["/Rocky Linux/all.zip"] = new byte[100_000];
        Assert.Equal(100_000, (await Get("Rocky Linux", known with { Origin = "http://other.example" })).Bytes.Length);
        Assert.Equal(["200", "304", "200", "200"], _server.Answered.Select(answer => answer.Split(' ')[0]));
    }

    [Theory]
    [InlineData(500, "answers 500")]
    [InlineData(503, "answers 503")]
    [InlineData(404, "answers 404")]
    [InlineData(206, "answers 206")]
    [InlineData(304, "answers 304")]
    public async Task Whatever_is_not_the_export_is_a_failure(int status, string failure)
    {
        _server.Files["/PyPI/all.zip"] = [1, 2, 3];
        _server.Statuses["/PyPI/all.zip"] = status;

        Assert.Contains(failure, (await Get("PyPI")).Answer.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transfer_that_is_cut_or_falls_silent_is_a_failure()
    {
        _server.Files["/PyPI/all.zip"] = new byte[100_000];
        _server.Cuts["/PyPI/all.zip"] = 50_000;
        Assert.Contains("broke in the middle of PyPI/all.zip", (await Get("PyPI")).Answer.Failure, StringComparison.Ordinal);

        _server.Hangs = true;
        var limits = new MirrorLimits { Silence = TimeSpan.FromMilliseconds(300) };
        Assert.Contains("fell silent in the middle of PyPI/all.zip", (await Get("PyPI", limits: limits)).Answer.Failure, StringComparison.Ordinal);
        Assert.Contains("did not come within", (await Get("PyPI", limits: new() { Export = TimeSpan.FromMilliseconds(300) })).Answer.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_bytes_than_an_export_may_have_are_not_taken()
    {
        _server.Files["/PyPI/all.zip"] = new byte[1001];

        Assert.Contains("more than 1000 bytes", (await Get("PyPI", limits: new() { ExportBytes = 1000 })).Answer.Failure, StringComparison.Ordinal);
        Assert.Null((await Get("PyPI", limits: new() { ExportBytes = 1001 })).Answer.Failure);
    }

    [Fact]
    public async Task A_mirror_that_is_not_there_is_a_failure()
    {
        var address = _server.Address;
        await _server.DisposeAsync();
        using var mirror = new AdvisoryMirror(address, new() { Wait = TimeSpan.Zero });

        Assert.Equal($"{address.Authority} cannot be reached (ConnectionError)", (await mirror.Ecosystems(TestContext.Current.CancellationToken)).Failure);
    }

    async Task<(MirrorAnswer Answer, byte[] Bytes)> Get(string ecosystem, Provenance? known = null, MirrorLimits? limits = null)
    {
        using var mirror = new AdvisoryMirror(_server.Address, (limits ?? new()) with { Wait = TimeSpan.Zero });
        using var bytes = new MemoryStream();
        var answer = await mirror.Export(ecosystem, known, bytes, null, TestContext.Current.CancellationToken);
        return (answer, bytes.ToArray());
    }
}
