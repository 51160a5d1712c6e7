using System.Formats.Tar;
using Plimsoll.Engine.Optimizing;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Optimizing;

/// <summary>Layers that no builder would write, and what must hold for each of them.</summary>
public sealed class StackTests
{
    [Theory]
    [InlineData(1, 2000, false)]
    [InlineData(1, 1000, true)]
    public async Task Whatever_the_layers_hold_a_container_sees_the_same_and_nothing_above_the_base_is_wasted(int from, int to, bool climbs)
    {
        for (var seed = from; seed <= to; seed++)
        {
            var dice = new Dice((ulong)seed);
            var layers = new LayerStack(dice, climbs).Layers(1 + dice.Roll(6));
            var kept = dice.Roll(layers.Length);
            await Check(seed, layers, kept);
        }
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(2001, 10_000, false)]
    [InlineData(1001, 10_000, true)]
    public Task So_it_is_with_many_more_of_them(int from, int to, bool climbs) =>
        Whatever_the_layers_hold_a_container_sees_the_same_and_nothing_above_the_base_is_wasted(from, to, climbs);

    [Theory]
    [InlineData(1, 1000, "man", "usr/man", "usr", "a", "b")]
    [InlineData(1, 1000, "bytecode", "a", "__pycache__/m.c.pyc", "__pycache__", "m.py")]
    public async Task What_is_dropped_is_what_is_listed_and_all_else_is_what_it_was(int from, int to, string word, params string[] names)
    {
        var category = DropCategory.All.Single(one => one.Word == word);
        var (drops, conflicts) = (0, 0);
        for (var seed = from; seed <= to; seed++)
        {
            var dice = new Dice((ulong)seed);
            var layers = new LayerStack(dice, climbs: seed % 2 == 0, names).Layers(1 + dice.Roll(6));
            var (dropped, stayed) = await CheckDrop(seed, layers, dice.Roll(layers.Length), category);
            (drops, conflicts) = (drops + dropped, conflicts + stayed);
        }
        Assert.InRange(drops, 100, int.MaxValue);
        Assert.True(conflicts * 10 < drops, $"{conflicts} of {drops} stayed");
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("man", "usr/man", "usr", "a", "b")]
    [InlineData("bytecode", "a", "__pycache__/m.c.pyc", "__pycache__", "m.py")]
    public Task So_it_is_with_many_more_that_are_dropped(string word, params string[] names) =>
        What_is_dropped_is_what_is_listed_and_all_else_is_what_it_was(1001, 10_000, word, names);

    // How many paths were dropped, and how many stay because something else would not be the same.
    static async Task<(int Dropped, int Stayed)> CheckDrop(int seed, byte[][] layers, int kept, DropCategory category)
    {
        var done = await Optimised.Of(new TestImage(layers), request => request with { KeptLayers = kept, Drop = [category] });
        var why = $"seed {seed}, {kept} of {layers.Length} kept: {done.Failure?.Reason} {string.Join("; ", done.Image?.Proof.Differences.Select(one => $"{one.Path} {one.What}") ?? [])}";
        Assert.True(done.Image is { Proof.Holds: true, Written: not null }, why);
        Assert.True(done.Tars.Take(kept).Zip(layers).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)), why);

        var (before, after) = (Unpacked.Of(layers), Unpacked.Of(done.Tars));
        var dropped = done.Image.Dropped.Select(one => one.Path).ToHashSet();
        Assert.True(dropped.Count == done.Image.Dropped.Count && dropped.IsSubsetOf(before.Select(PathOf)), why);
        Assert.True(before.Where(line => !dropped.Contains(PathOf(line))).SequenceEqual(after), $"{why}\n{string.Join("\n", before.Except(after).Concat(after.Except(before)))}");

        // What is wanted gone and is still there is the base's, or is named with a reason.
        var inBase = Unpacked.Of(layers.Take(kept)).Select(PathOf).ToHashSet();
        var excused = done.Image.NotDropped.Select(one => one.Path).ToHashSet();
        Assert.True(dropped.All(IsWanted), why);
        Assert.True(after.Where(line => !IsDirectory(line)).Select(PathOf).All(path => !IsWanted(path) || inBase.Contains(path) || excused.Contains(path)), why);
        return (dropped.Count, done.Image.NotDropped.Count(one => one.Why.Contains("the same", StringComparison.Ordinal)));

        bool IsWanted(string path) => category.Word == "man" ? path.StartsWith("usr/man/", StringComparison.Ordinal)
            : path.EndsWith("__pycache__/m.c.pyc", StringComparison.Ordinal) && before.Any(line => PathOf(line) == path[..^"__pycache__/m.c.pyc".Length] + "m.py");
    }

    static string PathOf(string line) => line[..line.IndexOf(' ', StringComparison.Ordinal)];

    static bool IsDirectory(string line) => line[PathOf(line).Length..].StartsWith(" Directory ", StringComparison.Ordinal);

    static async Task Check(int seed, byte[][] layers, int kept)
    {
        var once = await Optimised.Of(new TestImage(layers), request => request with { KeptLayers = kept });
        var why = $"seed {seed}, {kept} of {layers.Length} kept: {once.Failure?.Reason} {string.Join("; ", once.Image?.Proof.Differences.Select(one => $"{one.Path} {one.What}") ?? [])}";

        Assert.True(once.Image is { Proof.Holds: true, Written: not null }, why);
        Assert.True(Unpacked.Of(layers).SequenceEqual(Unpacked.Of(once.Tars)), $"{why}\n{string.Join("\n", Unpacked.Of(layers).Except(Unpacked.Of(once.Tars)).Concat(Unpacked.Of(once.Tars).Except(Unpacked.Of(layers))))}");
        Assert.True(once.Image.Reclaimed == once.Image.Reclaimable, why);
        Assert.True(Enumerable.Range(kept, Math.Max(0, once.Tars.Count - kept)).All(layer => once.Tree.ReclaimableIn(layer) == 0), why);
        Assert.True(once.Tars.Take(kept).Zip(layers).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)), why);

        var twice = await Optimised.Of(new TestImage([.. once.Tars]), request => request with { KeptLayers = kept });
        Assert.True(twice.Output.Rewritten == 0 && twice.Tars.Zip(once.Tars).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)), $"again: {why}");
    }
}

/// <summary>Layers in which everything that a layer may hold meets everything else.</summary>
/// <param name="climbs">Whether links go up and down again.</param>
/// <param name="names">What paths are made of; none: letters.</param>
internal sealed class LayerStack(Dice dice, bool climbs = false, params string[] names)
{
    static readonly string[] Letters = ["a", "b", "c", "d"];
    static readonly string Long = new('n', 120);

    readonly string[] _names = names.Length > 0 ? names : Letters;
    readonly List<string> _used = ["a"];

    public byte[][] Layers(int count) => [.. Enumerable.Range(0, count).Select(_ => Layer())];

    byte[] Layer()
    {
        var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, leaveOpen: true))
            for (var left = 1 + dice.Roll(9); left > 0; left--)
                tar.WriteEntry(Entry());
        return bytes.ToArray();
    }

    PaxTarEntry Entry()
    {
        var entry = dice.Roll(16) switch
        {
            0 or 1 or 2 or 3 => File(Path()),
            4 or 5 => new PaxTarEntry(TarEntryType.Directory, Path()),
            6 or 7 => new PaxTarEntry(TarEntryType.SymbolicLink, Path()) { LinkName = Target() },
            8 or 9 => new PaxTarEntry(TarEntryType.HardLink, Path()) { LinkName = Used() },
            10 => new PaxTarEntry(TarEntryType.CharacterDevice, Path()) { DeviceMajor = dice.Roll(3), DeviceMinor = dice.Roll(3) },
            11 => new PaxTarEntry(TarEntryType.Fifo, Path()),
            12 or 13 or 14 => Whiteout(Used()),
            _ => new PaxTarEntry(TarEntryType.RegularFile, $"{Used()}/.wh..wh..opq"),
        };
        entry.Mode = (UnixFileMode)(dice.Roll(4) == 0 ? 0x1C0 : 0x1ED);
        entry.Uid = entry.Gid = dice.Roll(4) == 0 ? 7 : 0;
        entry.ModificationTime = DateTimeOffset.UnixEpoch.AddSeconds(dice.Roll(3));
        return entry;
    }

    PaxTarEntry File(string path) => new(TarEntryType.RegularFile, path, dice.Roll(5) > 0 ? [] : new Dictionary<string, string> { ["SCHILY.xattr.security.capability"] = $"cap{dice.Roll(3)}" })
    {
        DataStream = new MemoryStream([.. Enumerable.Range(0, dice.Roll(3) switch { 0 => 0, 1 => dice.Roll(600), _ => dice.Roll(9) }).Select(_ => (byte)('0' + dice.Roll(2)))]),
    };

    PaxTarEntry Whiteout(string path)
    {
        var slash = path.LastIndexOf('/') + 1;
        return new PaxTarEntry(TarEntryType.RegularFile, $"{path[..slash]}.wh.{path[slash..]}");
    }

    string Target() => (dice.Roll(3) == 0 ? "/" : "") + (climbs && dice.Roll(2) == 0 ? $"{Used()}/../{Used()}" : Used());

    string Used() => dice.Roll(5) == 0 ? Path() : _used[dice.Roll(_used.Count)];

    string Path()
    {
        var path = string.Join("/", Enumerable.Range(0, 1 + dice.Roll(3)).Select(_ => dice.Roll(60) == 0 ? Long : _names[dice.Roll(_names.Length)]));
        _used.Add(path);
        return path;
    }
}
