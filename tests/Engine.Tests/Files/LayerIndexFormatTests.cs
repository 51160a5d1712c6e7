using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Files;

public sealed class LayerIndexFormatTests
{
    static LayerIndex Layer() => new TestLayer()
        .Directory("etc", uid: -5).File("etc/passwd", "root:x:0:0::/root:/bin/sh\n").Symlink("bin", "usr/bin").HardLink("etc/passwd2", "etc/passwd")
        .File("var/lib/dpkg/status", "Package: a\nStatus: install ok installed\nVersion: 1\nSource: b (2)\n\nPackage: broken\n\n")
        .File("var/lib/dpkg/info/a.list", "/usr/bin/a\n/usr/bin/b\n").File("usr/share/doc/a/copyright", "/usr/share/common-licenses/GPL-3")
        .File("usr/bin/ping", [1, 2], pax: new() { ["SCHILY.xattr.security.capability"] = "x" }).File("sp\u00e4t", [0xff]).Delete("old").Index();

    [Fact]
    public void An_index_that_was_kept_says_all_that_it_said()
    {
        var before = Layer();
        var after = LayerIndexFormat.Read(LayerIndexFormat.Write(before))!;
        Assert.Equal((before.Digest, before.DiffId, before.CompressedSize, before.Size, before.Files), (after.Digest, after.DiffId, after.CompressedSize, after.Size, after.Files));
        Assert.Equal(before.Entries.Select(Text), after.Entries.Select(Text));
        Assert.Equal(before.Kept.OrderBy(file => file.Key), after.Kept.OrderBy(file => file.Key), (a, b) => a.Key == b.Key && a.Value.SequenceEqual(b.Value));
        Assert.Equal(before.Notes, after.Notes);
        Assert.Equal(before.Packages.Values.SelectMany(evidence => evidence.Owned), after.Packages.Values.SelectMany(evidence => evidence.Owned));
        Assert.Equal(JsonOf(before), JsonOf(after));
    }

    [Fact]
    public void The_same_index_is_the_same_bytes() => Assert.Equal(LayerIndexFormat.Write(Layer()), LayerIndexFormat.Write(Layer()));

    [Fact]
    public void A_damaged_index_is_none()
    {
        var bytes = LayerIndexFormat.Write(Layer());
        Assert.Null(LayerIndexFormat.Read([]));
        for (var length = 1; length < bytes.Length; length += 7)
            Assert.Null(LayerIndexFormat.Read(bytes[..length]));
    }

    static string Text(LayerEntry entry) => string.Join(' ', entry.Path, entry.Type, entry.Mode, entry.Uid, entry.Gid, entry.Size, entry.ModifiedAt, entry.Offset, entry.Content, entry.LinkTarget,
        string.Join(',', (entry.Xattrs ?? new Dictionary<string, byte[]>()).Select(pair => $"{pair.Key}={Convert.ToHexString(pair.Value)}")));

    static IEnumerable<string> JsonOf(LayerIndex index) =>
        PackageHistory.Of([index], FileTree.Of([index], Limits.Default), null).Select(package => $"{package} {string.Join(',', package.Locations)} {string.Join(',', package.Licences)}"
            .Replace(package.Locations.ToString()!, "", StringComparison.Ordinal).Replace(package.Licences.ToString()!, "", StringComparison.Ordinal));
}
