using System.Globalization;
using Plimsoll.Engine.Images;
using static Plimsoll.Engine.Tests.Registry.RegistryCase;
using static Plimsoll.Engine.Tests.Registry.ScriptedRegistry;

namespace Plimsoll.Engine.Tests.Registry;

/// <summary>What a server may answer when the rest of a layer is asked for (RFC 9110, 14 and 15.3.7).</summary>
public sealed class RangeTests
{
    static readonly byte[] Layer = Image.Stored[0];

    static bool IsLayer(string path) => path.EndsWith(Digest.Of(Layer).Value, StringComparison.Ordinal);

    /// <summary>A registry whose layer breaks off once; ranges of it are answered as the test says.</summary>
    static ScriptedRegistry WithRanges(Func<int, Answer> rest) => new((request, times) =>
    {
        var answer = Content(request.Url!.AbsolutePath);
        if (!IsLayer(request.Url.AbsolutePath))
            return answer;
        return request.Headers["Range"] is { } range ? rest(int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture)) : answer with { CutAfter = times == 1 ? 9_000 : -1 };
    });

    static Answer Part(int from, string contentRange) => new(206, Layer[from..], "application/octet-stream", -1, ("Content-Range", contentRange));

    static string?[] RangesAsked(ScriptedRegistry registry) => [.. registry.Asked.Where(asked => IsLayer(asked.Path)).Select(asked => asked.Range)];

    [Theory]
    [InlineData(0, "*")]
    [InlineData(0, "LENGTH")]
    [InlineData(-5_000, "LENGTH")]
    [InlineData(-9_000, "LENGTH")]
    public async Task A_range_that_begins_no_later_than_asked_is_used(int shift, string length)
    {
        await using var registry = WithRanges(from => Part(from + shift, $"bytes {from + shift}-{Layer.Length - 1}/{length.Replace("LENGTH", $"{Layer.Length}")}"));
        await IsRead(registry);
        Assert.Equal([null, "bytes=9000-"], RangesAsked(registry));
    }

    [Theory]
    [InlineData("bytes 9001-LAST/LENGTH")]
    [InlineData("bytes 9000-10000/LENGTH")]
    [InlineData("bytes 9000-LAST/999999999")]
    [InlineData("bytes 0-LAST/LENGTH")]
    [InlineData("items 9000-LAST/LENGTH")]
    [InlineData("bytes */LENGTH")]
    [InlineData("nonsense")]
    public async Task A_range_that_is_not_the_one_asked_for_is_passed_over_for_the_whole(string contentRange)
    {
        await using var registry = WithRanges(from => Part(from, contentRange.Replace("LAST", $"{Layer.Length - 1}").Replace("LENGTH", $"{Layer.Length}")));
        await IsRead(registry);
        Assert.Equal([null, "bytes=9000-", null], RangesAsked(registry));
    }

    [Fact]
    public async Task A_range_that_the_server_cannot_satisfy_is_passed_over_for_the_whole()
    {
        await using var registry = WithRanges(_ => new(416));
        await IsRead(registry);
        Assert.Equal([null, "bytes=9000-", null], RangesAsked(registry));
    }

    [Fact]
    public async Task A_range_that_nobody_asked_for_is_refused()
    {
        await using var registry = new ScriptedRegistry((request, _) => IsLayer(request.Url!.AbsolutePath) ? Part(5, $"bytes 5-{Layer.Length - 1}/{Layer.Length}") : Content(request.Url.AbsolutePath));
        Assert.Contains("sends another range of the layer than was asked for", (await IsRefused(registry)).Reason);
    }

    [Fact]
    public async Task A_layer_that_is_shorter_the_second_time_is_refused()
    {
        await using var registry = WithRanges(_ => new(200, Layer[..100], "application/octet-stream"));
        Assert.Contains("sends less of it the second time", (await IsRefused(registry)).Reason);
    }
}
