using System.Text.Json;
using Plimsoll.Images.Tests.Samples;

namespace Plimsoll.Images.Tests;

/// <summary>A Dockerfile beside the image that an engine built from it.</summary>
[Trait("Category", "Slow")]
public sealed class AdvisedImageTests : IAsyncDisposable
{
    readonly WastefulImage _image = new("plimsoll-test/advised:1");

    public ValueTask DisposeAsync() => _image.DisposeAsync();

    [Theory, InlineData(true), InlineData(false)]
    public async Task Every_byte_and_every_wasted_one_is_on_the_line_that_brought_it_whichever_builder_it_was(bool withBuildKit)
    {
        await _image.Build(withBuildKit);
        using var advice = await Product.Json("advise", _image.Dockerfile, "--image", _image.Archive, "--fail-on", "none");
        using var report = await Product.Json("inspect", _image.Archive);

        var image = advice.RootElement.GetProperty("image");
        Assert.True(image.GetProperty("fits").GetBoolean());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (image.GetProperty("parting").ValueKind, image.GetProperty("base").ValueKind));
        var lines = image.GetProperty("instructions").EnumerateArray().ToDictionary(one => one.GetProperty("line").GetInt32());
        Assert.Equal(Enumerable.Range(2, 14), lines.Keys.Order());
        Assert.All(lines.Values, one => Assert.True(one.GetProperty("isInImage").GetBoolean(), $"{one}"));

        var inspected = report.RootElement.GetProperty("images")[0];
        Assert.Equal(inspected.GetProperty("image").GetProperty("size").GetInt64(), lines.Values.Sum(one => one.GetProperty("bytes").GetInt64()));
        Assert.Equal(inspected.GetProperty("waste").GetProperty("reclaimableBytes").GetInt64(), lines.Values.Sum(one => one.GetProperty("wastedBytes").GetInt64()));
        // Both files of line 5 are copied by the chown of line 7, which line 8 deletes one of; the object of line 6 is deleted there too.
        Assert.Equal([(7, "metadataCopy", 5_000_000)], Causes(lines[5]));
        Assert.Equal([(8, "deleted", 1_000_000)], Causes(lines[6]));
        Assert.Equal([(8, "deleted", 2_000_000)], Causes(lines[7]));
        // The million of line 6 is no mebibyte.
        Assert.Equal([5, 7], advice.RootElement.GetProperty("advices").EnumerateArray()
            .Where(one => one.GetProperty("rule").GetString() == "wasted-bytes").Select(one => one.GetProperty("line").GetInt32()));
    }

    // To the nearest thousand: what is asked for here are not the few bytes of the small files.
    static IEnumerable<(int Line, string How, long Bytes)> Causes(JsonElement instruction) => instruction.GetProperty("hiddenBy").EnumerateArray()
        .Select(cause => (cause.GetProperty("line").GetInt32(), cause.GetProperty("how").GetString()!, cause.GetProperty("bytes").GetInt64() / 1000 * 1000)).Where(cause => cause.Item3 > 0);
}
