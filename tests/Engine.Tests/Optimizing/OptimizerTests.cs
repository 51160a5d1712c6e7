using System.Text.Json.Nodes;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Bases;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Optimizing;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Optimizing;

public sealed class OptimizerTests
{
    static TestLayer Layer() => new();

    [Fact]
    public async Task A_file_that_an_upper_layer_deletes_goes_with_its_whiteout()
    {
        var done = await Optimised.Of(1, Layer().File("base", 1), Layer().File("old", 700).File("new", 3), Layer().Delete("old").File("more", 1));
        Assert.Equal([["base"], ["new"], ["more"]], done.Paths);
        Assert.Equal((700, 700), (done.Image!.Reclaimable, done.Image.Reclaimed));
    }

    [Fact]
    public async Task A_whiteout_that_hides_a_file_of_the_base_stays_and_the_base_is_the_same_bytes()
    {
        var done = await Optimised.Of(1, Layer().File("old", 700), Layer().Delete("old").Delete("nothing"));
        Assert.Equal([["old"], [".wh.old"]], done.Paths);
        Assert.Equal(done.Before[0], done.Tars[0]);
        Assert.Equal((0, 700), (done.Image!.Reclaimable, done.Image.HiddenInBase));
    }

    [Fact]
    public async Task Nothing_of_a_base_is_kept_where_none_is_wanted()
    {
        var done = await Optimised.Of(0, Layer().File("old", 700).File("a", 1), Layer().Delete("old"));
        Assert.Equal([["a"]], done.Paths);
        Assert.Equal([LayerFate.Rewritten, LayerFate.Removed], done.Image!.Layers.Select(layer => layer.Fate));
    }

    [Fact]
    public async Task The_step_of_a_layer_that_goes_is_said_to_have_made_none_and_every_other_byte_of_the_config_stays()
    {
        var image = new TestImage(Layer().File("a", 1).Tar(), Layer().File("old", 9).Tar(), Layer().Delete("old").File("b", 1).Tar())
        {
            Config = new JsonObject { ["User"] = "7", ["X-Unknown"] = new JsonObject { ["z"] = 1.50, ["a"] = "ä<>" } },
        };
        var done = await Optimised.Of(image, request => request with { KeptLayers = 1 });
        var history = done.Config["history"]!.AsArray();
        Assert.Equal([null, true, null], history.Select(step => (bool?)step!["empty_layer"]));
        Assert.Equal(["RUN step 0 # buildkit", "RUN step 1 # buildkit", "RUN step 2 # buildkit"], history.Select(step => (string?)step!["created_by"]));
        Assert.Equal(done.Tars.Select(tar => Digest.Of(tar).Value), done.Config["rootfs"]!["diff_ids"]!.AsArray().Select(id => (string?)id));
        var text = System.Text.Encoding.UTF8.GetString(image.ConfigBytes);
        Assert.StartsWith(text[..text.IndexOf("\"diff_ids\"", StringComparison.Ordinal)], System.Text.Encoding.UTF8.GetString(done.Output.Config!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_whose_hard_link_is_visible_stays_and_is_hidden_again()
    {
        var done = await Optimised.Of(0, Layer().File("a", 500), Layer().HardLink("b", "a"), Layer().Delete("a"));
        Assert.Equal([["a"], ["b"], [".wh.a"]], done.Paths);
        Assert.Equal(0, done.Output.Rewritten);
    }

    [Fact]
    public async Task A_link_that_gives_a_file_its_owner_back_stays_where_one_of_the_base_took_it_away()
    {
        var done = await Optimised.Of(2, Layer().File("a", 5), Layer().HardLink("b", "a", uid: 7), Layer().HardLink("c", "a"), Layer().Delete("c").File("d", 1));
        Assert.True(done.Image!.Proof.Holds);
        Assert.Equal([["a"], ["b"], ["c"], [".wh.c", "d"]], done.Paths);
    }

    [Fact]
    public async Task A_link_that_led_a_file_elsewhere_stays_although_it_is_gone()
    {
        var done = await Optimised.Of(0, Layer().Directory("real").Symlink("way", "real"), Layer().File("way/f", 5), Layer().Delete("way"));
        Assert.Equal([["real", "way"], ["way/f"], [".wh.way"]], done.Paths);
    }

    [Fact]
    public async Task A_directory_that_a_link_led_to_stays_for_a_file_that_lay_deeper_in_it_although_both_are_gone()
    {
        var done = await Optimised.Of(
            0, Layer().Directory("real").Symlink("way", "real"), Layer().File("way/made/for/f", 5), Layer().HardLink("g", "way/made/for/f"), Layer().Delete("real"));
        Assert.True(done.Image!.Proof.Holds);
        Assert.Equal([["real", "way"], ["way/made/for/f"], ["g"], [".wh.real"]], done.Paths);
    }

    [Fact]
    public async Task A_directory_that_a_link_goes_up_from_stays_for_what_it_led_to()
    {
        var done = await Optimised.Of(
            0, Layer().Directory("up").Directory("real").Symlink("way", "up/../real"), Layer().File("way/f", 5), Layer().HardLink("g", "real/f"), Layer().Delete("up").Delete("real"));
        Assert.True(done.Image!.Proof.Holds);
        Assert.Equal([["up", "real", "way"], ["way/f"], ["g"], [".wh.up", ".wh.real"]], done.Paths);
    }

    [Fact]
    public async Task A_whiteout_over_a_link_that_gives_way_is_told_where_the_link_leads()
    {
        var done = await Optimised.Of(1, Layer().File("a/old", 5).Symlink("way", "a"), Layer().Delete("way/old").Symlink("way", "way/way").File("way/b/gone", 7).File("way", 1));
        Assert.True(done.Image!.Proof.Holds);
        Assert.Null(done.Tree.Find("a/old"));
        Assert.Contains("a/.wh.old", done.Paths[1]);
        Assert.DoesNotContain("way/b/gone", done.Paths[1]);
    }

    [Fact]
    public async Task A_directory_that_only_a_deleted_file_implied_is_still_there()
    {
        var done = await Optimised.Of(0, Layer().File("a", 1).File("d/e/old", 9), Layer().Delete("d/e/old").File("b", 1));
        Assert.Equal([["a", "d", "d/e"], ["b"]], done.Paths);
        Assert.Equal(((UnixFileMode)0b111_101_101, 0), (done.Tree.Find("d/e")!.Value.Entry.Mode, done.Tree.Find("d/e")!.Value.Entry.Uid));
    }

    [Fact]
    public async Task A_file_that_stood_between_two_directories_leaves_an_empty_one_so_that_the_first_does_not_come_back()
    {
        var done = await Optimised.Of(1, Layer().File("d/old", 1), Layer().File("d", 300), Layer().Directory("d").File("d/new", 1));
        Assert.Equal([["d/old"], ["d"], ["d", "d/new"]], done.Paths);
        Assert.Equal(0, TestLayer.IndexOf(done.Tars[1]).Size);
        Assert.Null(done.Tree.Find("d/old"));
    }

    [Fact]
    public async Task A_copy_for_the_owner_alone_takes_the_first_content_away()
    {
        var done = await Optimised.Of(0, Layer().File("app", 4000), Layer().File("app", 4000, uid: 7));
        Assert.Equal([["app"]], done.Paths);
        Assert.Equal(4000, done.Image!.Reclaimed);
        Assert.Equal(7, done.Tree.Find("app")!.Value.Entry.Uid);
    }

    [Fact]
    public async Task Layers_that_lose_nothing_are_the_same_blobs_and_another_compression_is_for_those_above_the_base()
    {
        var image = new TestImage(Layer().File("a", 1).Tar(), Layer().File("b", 1).Tar()) { Packed = Packing.Gzip };
        var same = await Optimised.Of(image, request => request with { KeptLayers = 1 });
        Assert.Equal(image.Stored, same.Output.Blobs);
        var other = await Optimised.Of(image, request => request with { KeptLayers = 1, Compression = LayerFormat.Zstd });
        Assert.Equal(image.Stored[0], other.Output.Blobs[0]);
        Assert.Equal(Compression.Zstd, CompressionExtensions.Detect(other.Output.Blobs[1]));
        Assert.Equal(image.Layers, other.Tars);
    }

    [Fact]
    public async Task The_base_is_a_given_image_else_what_brings_a_distribution_else_nothing()
    {
        TestLayer[] layers = [Layer().File("a", 1), Layer().File("etc/os-release", "ID=x"), Layer().File("b", 1)];
        var image = new TestImage([.. layers.Select(layer => layer.Tar())]);
        var candidate = new BaseCandidate("base:1", Digest.Of([]), [Digest.Of(image.Layers[0])]);
        Assert.Equal(1, (await Optimised.Of(image, request => request with { Bases = [candidate] })).Image!.Base.Layers);
        Assert.Equal(2, (await Optimised.Of(image)).Image!.Base.Layers);
        Assert.Equal(0, (await Optimised.Of(new TestImage(layers[0].Tar(), layers[2].Tar()))).Image!.Base.Layers);
        Assert.Contains("3 layers", (await Optimised.Of(image, request => request with { KeptLayers = 4 })).Failure!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_that_takes_no_image_is_told_of_before_a_layer_is_read()
    {
        using var folder = new TemporaryFolder();
        var files = new TestImage(Layer().File("a", 1).Tar()).Classic();
        files[$"{0:x64}/layer.tar"] = new byte[700];
        var request = new OptimizeRequest(new InspectionRequest(new ImageSource.File(folder.Write("image.tar", TestImage.Tar(files)))));
        foreach (var (place, reason) in new[] { ("no/out.tar", "there is no such folder"), ("out.tar", "layer") })
        {
            var done = await new Optimizer(Limits.Default).Optimize(request, new ImageTarget.DockerArchive(folder.At(place)), null, TestContext.Current.CancellationToken);
            Assert.Contains(reason, done.Failure!.Reason, StringComparison.Ordinal);
            Assert.Equal(["image.tar"], Directory.EnumerateFileSystemEntries(folder.Root).Select(Path.GetFileName));
        }
    }

    [Fact]
    public async Task A_plan_that_cuts_too_much_is_found_out_by_what_was_written_and_nothing_is_committed() =>
        Assert.Equal([new("b", "it is gone")], (await Cut(0, 1, Layer().File("a", "kept").File("b", "cut by mistake"))).Proof.Differences);

    [Fact]
    public async Task A_proof_that_does_not_hold_is_told_with_its_differences_and_nothing_that_was_written()
    {
        var done = await Cut(0, 1, Layer().File("a", "kept").File("b", "cut by mistake"));
        var (answer, proof) = (new MemoryStream(), new MemoryStream());
        OptimizeJson.Write(done, answer);
        var json = JsonNode.Parse(answer.ToArray())!;
        Assert.Null(json["written"]);
        Assert.Equal("""{"holds":false,"paths":2,"dropped":0,"differences":1,"first":[{"path":"b","what":"it is gone"}]}""", json["proof"]!.ToJsonString());
        done.Proof.Write(proof);
        Assert.Equal(
            ["""{"schemaVersion":1,"holds":false,"paths":2,"dropped":0,"differences":1}""", """{"path":"b","difference":"it is gone"}"""],
            System.Text.Encoding.UTF8.GetString(proof.ToArray()).Split('\n')[..2]);
    }

    [Fact]
    public async Task The_proof_knows_a_file_by_the_last_header_that_any_of_its_links_gave_it() =>
        Assert.Equal([new("a", "uid was 0 and is 7, gid was 0 and is 7"), new("b", "uid was 0 and is 7, gid was 0 and is 7")],
            (await Cut(2, 0, Layer().File("a", 5), Layer().HardLink("b", "a", uid: 7), Layer().HardLink("c", "a"), Layer().Delete("c"))).Proof.Differences);

    // What comes of an image without an entry that a plan should have left in it.
    static async Task<OptimizedImage> Cut(int layer, int entry, params TestLayer[] stack)
    {
        var ct = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var request = new OptimizeRequest(new InspectionRequest(new ImageSource.File(folder.Write("image.tar", TestImage.Tar(new TestImage([.. stack.Select(one => one.Tar())]).Classic())))));
        using var source = await OpenSource.Open(request.Image, new(), Limits.Default, ct);
        var found = Assert.Single(source.Images.Images);
        var bytes = new LayerBytes(Limits.Default);
        var layers = await new SourceLayers(Limits.Default, bytes).Read(found.Layers, null, ct);
        var plan = ImagePlan.Of(layers, found.Config, stack.Length, [], Limits.Default, ct);
        Assert.All(plan.Layers, one => Assert.Empty(one.Splices));
        var facts = layers[layer].Facts[entry];
        var wrong = plan with { Layers = [.. plan.Layers.Select((one, number) => number == layer ? new LayerPlan([new Splice(facts.Start, facts.End, [])], IsEmpty: false) : one)] };

        await using var output = new MemoryOutput(Compression.None);
        var done = await new ImageWriting(output, bytes, request, Limits.Default).Write(found, new KeptBase(0, ""), layers, wrong, ct);
        Assert.Null(done.Written);
        Assert.Null(output.Config);
        return done;
    }
}
