using Plimsoll.Engine.Files;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Files;

/// <summary>Both waste figures against trees that were worked out by hand: every row of the published table and the cases beside it.</summary>
public sealed class WasteTests
{
    static TestLayer Layer() => new();

    static WasteReport Waste(params TestLayer[] layers)
    {
        var indexes = layers.Select(layer => layer.Index()).ToList();
        return Engine.Files.Waste.Of(indexes, FileTree.Of(indexes, Engine.Archives.Limits.Default));
    }

    static void Agrees(WasteReport waste, long reclaimable, double diveEfficiency, long diveWasted)
    {
        Assert.Equal(reclaimable, waste.ReclaimableBytes);
        Assert.Equal(diveEfficiency, waste.Dive.Efficiency, 3);
        Assert.Equal(diveWasted, waste.Dive.WastedBytes);
    }

    [Fact]
    public void A_file_overwritten_once_wastes_its_first_copy() =>
        Agrees(Waste(Layer().File("f", 100, 1), Layer().File("f", 100, 2)), 100, 0.5, 200);

    [Fact]
    public void Of_three_copies_the_last_is_kept() =>
        Agrees(Waste(Layer().File("f", 100), Layer().File("f", 200), Layer().File("f", 300)), 300, 0.167, 600);

    [Fact]
    public void An_empty_file_that_grows_wastes_nothing_though_dive_says_all() =>
        Agrees(Waste(Layer().File("f", 0), Layer().File("f", 1000)), 0, 0.0, 1000);

    [Fact]
    public void Removing_a_full_directory_wastes_all_of_it_though_dive_says_nothing() =>
        Agrees(Waste(Layer().File("d/a", 100).File("d/b/c", 50), Layer().Delete("d")), 150, 1.0, 0);

    [Fact]
    public void An_opaque_directory_wastes_what_it_covers_though_dive_says_nothing() =>
        Agrees(Waste(Layer().File("d/a", 100), Layer().Directory("d").Opaque("d")), 100, 1.0, 0);

    [Fact]
    public void A_directory_filled_and_removed_twice_wastes_both_fillings() =>
        Agrees(Waste(Layer().File("d/a", 100), Layer().Delete("d"), Layer().File("d/a", 50), Layer().Delete("d")), 150, 0.333, 300);

    [Fact]
    public void A_deleted_file_is_wasted_and_dive_counts_it_at_nothing() =>
        Agrees(Waste(Layer().File("f", 100), Layer().Delete("f")), 100, 0.0, 100);

    [Fact]
    public void An_image_of_one_layer_wastes_nothing()
    {
        var waste = Waste(Layer().File("a", 100).File("b", 5));
        Agrees(waste, 0, 1.0, 0);
        Assert.Equal(0, waste.Dive.UserWastedPercent);
        Assert.Equal(1, waste.Efficiency);
    }

    [Fact]
    public void An_empty_image_is_fully_efficient()
    {
        var waste = Waste();
        Assert.Equal((1.0, 1.0, 0L), (waste.Efficiency, waste.Dive.Efficiency, waste.ReclaimableBytes));
    }

    [Fact]
    public void Dives_user_waste_is_measured_against_the_layers_above_the_first() =>
        Assert.Equal(200.0 / 400, Waste(Layer().File("f", 100).File("g", 900), Layer().File("f", 100, 2).File("h", 300)).Dive.UserWastedPercent, 6);

    [Fact]
    public void An_empty_directory_counts_as_a_leaf_for_dive() =>
        Agrees(Waste(Layer().Directory("d"), Layer().Delete("d").File("d", 100)), 0, 0.0, 100);

    [Fact]
    public void A_hidden_file_names_its_layer_and_the_layer_that_hid_it()
    {
        var file = Assert.Single(Waste(Layer().File("keep", 1), Layer().File("tmp/build", 77), Layer().File("x", 1), Layer().Delete("tmp/build")).Files);
        Assert.Equal(new HiddenFile("tmp/build", 77, 1, 3, HiddenHow.Deleted), file);
    }

    [Fact]
    public void Chown_makes_a_metadata_copy()
    {
        var file = Assert.Single(Waste(Layer().File("app/main", 500), Layer().File("app/main", 500, uid: 1000)).Files);
        Assert.Equal(new HiddenFile("app/main", 500, 0, 1, HiddenHow.MetadataCopy), file);
    }

    [Fact]
    public void Removed_and_made_again_in_one_layer_is_a_replacement()
    {
        var layers = new[] { Layer().File("f", 100), Layer().Delete("f").File("f", 30, 9) };
        var file = Assert.Single(Waste(layers).Files);
        Assert.Equal(HiddenHow.Overwritten, file.How);
        Assert.Equal(new LayerChange(0, 100, 0), TestLayer.Fold(layers).Changes[1]);
    }

    [Fact]
    public void The_bytes_of_a_hard_linked_file_stay_while_one_of_its_paths_shows()
    {
        Assert.Equal(0, Waste(Layer().File("a", 100).HardLink("b", "a"), Layer().Delete("a")).ReclaimableBytes);
        Assert.Equal(100, Waste(Layer().File("a", 100).HardLink("b", "a"), Layer().Delete("a"), Layer().Delete("b")).ReclaimableBytes);
        Assert.Equal(100, Waste(Layer().File("a", 100).HardLink("b", "a"), Layer().Delete("a").Delete("b")).ReclaimableBytes);
    }

    [Fact]
    public void A_path_twice_in_one_layer_wastes_the_first()
    {
        var waste = Waste(Layer().File("f", 100, 1).File("f", 40, 2));
        Assert.Equal(new HiddenFile("f", 100, 0, 0, HiddenHow.Overwritten), Assert.Single(waste.Files));
    }

    [Fact]
    public void Duplicates_are_reported_apart_and_are_not_reclaimable()
    {
        var waste = Waste(Layer().File("a", 5000).File("b", 5000).File("c", 5000).File("other", 5000, (byte)'y'));
        Assert.Equal((0L, 10_000L), (waste.ReclaimableBytes, waste.DuplicateBytes));
        Assert.Equal(["a", "b", "c"], Assert.Single(waste.Duplicates).Paths);
    }

    [Fact]
    public void Each_layer_says_what_it_added_replaced_and_removed()
    {
        var changes = TestLayer.Fold(
            Layer().File("a", 10).File("b", 20).File("d/c", 30),
            Layer().File("a", 11, 2).Delete("d").File("new", 5)).Changes;
        Assert.Equal(new LayerChange(60, 0, 0), changes[0]);
        Assert.Equal(new LayerChange(5, 10, 30), changes[1]);
    }

    [Fact]
    public void Efficiency_is_one_minus_reclaimable_over_size() =>
        Assert.Equal(0.75, Waste(Layer().File("a", 100), Layer().File("a", 300, 2)).Efficiency, 6);
}
