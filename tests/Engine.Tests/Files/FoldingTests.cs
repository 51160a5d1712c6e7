using Plimsoll.Engine.Files;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Files;

public sealed class FoldingTests
{
    static TestLayer Layer() => new();

    static string[] Paths(FileTree tree) => [.. tree.All.Select(node => node.Path).Order(StringComparer.Ordinal)];

    [Fact]
    public void A_whiteout_hides_lower_layers_only_wherever_it_stands_in_the_tar()
    {
        var lower = Layer().File("d/old", 1).File("d/f", 1);
        Assert.Equal(["d/f", "d/old"], Paths(TestLayer.Fold(lower, Layer().File("d/f", 2).Delete("d/f"))));
        Assert.Equal(["d/f", "d/old"], Paths(TestLayer.Fold(lower, Layer().Delete("d/f").File("d/f", 2))));
    }

    [Fact]
    public void An_opaque_directory_loses_its_lower_children_but_stays_itself()
    {
        var lower = Layer().Directory("d").File("d/a", 1).File("d/sub/b", 1);
        Assert.Equal(["d", "d/new"], Paths(TestLayer.Fold(lower, Layer().Directory("d").File("d/new", 1).Opaque("d"))));
        Assert.Equal(["d"], Paths(TestLayer.Fold(lower, Layer().Opaque("d"))));
    }

    [Fact]
    public void A_directory_in_the_place_of_a_link_hides_nothing_where_the_link_led()
    {
        var (real, link) = (Layer().Directory("lib").File("lib/a", 1), Layer().Symlink("lib64", "lib"));
        Assert.Equal(["lib", "lib/a", "lib64", "lib64/b"], Paths(TestLayer.Fold(real, link, Layer().Directory("lib64").Opaque("lib64").File("lib64/b", 1))));
        Assert.Equal(["lib", "lib/a", "lib64", "lib64/d"], Paths(TestLayer.Fold(real, link, Layer().Directory("lib64").Directory("lib64/d").Delete("lib64/a").Opaque("lib64/d"))));
        Assert.Equal(["lib", "lib64"], Paths(TestLayer.Fold(real, link, Layer().Delete("lib64/a"))));
        Assert.Equal(["lib", "lib64", "lib64x"], Paths(TestLayer.Fold(real, link, Layer().Symlink("lib64x", "lib"), Layer().Directory("lib64x").Delete("lib64/a"))));
    }

    [Fact]
    public void A_file_replaces_a_directory_and_everything_below_it() =>
        Assert.Equal(["d"], Paths(TestLayer.Fold(Layer().File("d/a", 1).File("d/b/c", 1), Layer().File("d", 3))));

    [Fact]
    public void A_directory_replaces_a_file() =>
        Assert.Equal(["d", "d/a"], Paths(TestLayer.Fold(Layer().File("d", 3), Layer().Directory("d").File("d/a", 1))));

    [Fact]
    public void A_directory_over_a_directory_changes_its_metadata_and_keeps_its_children()
    {
        var tree = TestLayer.Fold(Layer().Directory("d").File("d/a", 1), Layer().Directory("d", uid: 7));
        Assert.Equal(["d", "d/a"], Paths(tree));
        Assert.Equal((7, 1), (tree.Find("d")!.Value.Entry.Uid, tree.Find("d")!.Value.Layer));
    }

    [Fact]
    public void A_whiteout_of_nothing_is_ignored() =>
        Assert.Equal(["a"], Paths(TestLayer.Fold(Layer().File("a", 1), Layer().Delete("b").Delete("no/such/dir").Opaque("nor/this"))));

    [Fact]
    public void A_deleted_file_can_come_back_two_layers_later() =>
        Assert.Equal(["a"], Paths(TestLayer.Fold(Layer().File("a", 1), Layer().Delete("a"), Layer().File("a", 2))));

    [Fact]
    public void What_stands_below_a_removed_directory_does_not_come_back_with_it() =>
        Assert.Equal(["d/new"], Paths(TestLayer.Fold(Layer().File("d/old", 1), Layer().Delete("d"), Layer().File("d/new", 1))));

    [Fact]
    public void A_path_through_a_symbolic_link_lands_where_the_link_points()
    {
        var tree = TestLayer.Fold(Layer().Directory("usr/lib").Symlink("lib", "usr/lib"), Layer().File("lib/libz.so", 9));
        Assert.Equal(9, tree.Find("usr/lib/libz.so")!.Value.Entry.Size);
        Assert.Equal("usr/lib/libz.so", tree.Find("lib/libz.so")!.Value.Path);
        Assert.Equal(EntryType.SymbolicLink, tree.FindLink("lib")!.Value.Entry.Type);
    }

    [Theory]
    [InlineData("/etc/os-release", "usr/lib/os-release")]
    [InlineData("etc/../etc/os-release", "usr/lib/os-release")]
    [InlineData("../../../usr/lib/os-release", "usr/lib/os-release")]
    [InlineData("bin/os", "usr/lib/os-release")]
    [InlineData("loop/a", null)]
    [InlineData("loop", null)]
    [InlineData("dangling", null)]
    [InlineData("usr/lib/os-release/x", null)]
    [InlineData("nothing", null)]
    public void Links_are_followed_inside_the_root(string path, string? expected)
    {
        var tree = TestLayer.Fold(Layer()
            .File("usr/lib/os-release", "ID=debian").Symlink("etc/os-release", "../usr/lib/os-release")
            .Symlink("bin", "../../../../usr/bin").Symlink("usr/bin/os", "/etc/os-release")
            .Symlink("loop", "loop2").Symlink("loop2", "/loop").Symlink("dangling", "nowhere"));
        Assert.Equal(expected, tree.Find(path)?.Path);
    }

    [Fact]
    public void A_link_that_an_entry_replaces_on_its_own_way_leads_the_next_entry_nowhere() =>
        Assert.Equal(["a", "a/b", "a/b/c"], Paths(TestLayer.Fold(Layer().Directory("a").Symlink("a/b", "/a"), Layer().Directory("a/b/b").File("a/b/c", 3))));

    [Fact]
    public void An_entry_below_a_looping_link_replaces_the_link() =>
        Assert.Equal(["loop/a"], Paths(TestLayer.Fold(Layer().Symlink("loop", "loop"), Layer().File("loop/a", 1))));

    [Fact]
    public void A_hard_link_to_a_lower_layer_shares_its_bytes()
    {
        var tree = TestLayer.Fold(Layer().File("a", 100), Layer().HardLink("b", "a"), Layer().Delete("a"));
        Assert.Equal(["b"], Paths(tree));
        Assert.Empty(tree.Hidden);
    }

    [Fact]
    public void A_tree_of_many_files_finds_each_of_them()
    {
        var layer = Layer();
        for (var i = 0; i < 5000; i++)
            layer.File($"dir{i % 70}/sub{i % 7}/file{i}", 1);
        var tree = TestLayer.Fold(layer);
        Assert.All(Enumerable.Range(0, 5000), i => Assert.NotNull(tree.Find($"dir{i % 70}/sub{i % 7}/file{i}")));
        Assert.Equal(5000, tree.Files.Count());
    }
}
