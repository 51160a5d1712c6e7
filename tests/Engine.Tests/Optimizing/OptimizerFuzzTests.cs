using System.Globalization;
using CsCheck;
using Plimsoll.Engine.Optimizing;
using Plimsoll.Engine.Tests.Images;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Optimizing;

/// <summary>
/// Damaged images by the thousand. A failure names the number of its input; the same number makes the same input again. Runs beside no other test, so that the
/// bytes that are counted are its own.
/// </summary>
[Collection("Measured")]
public sealed class OptimizerFuzzTests(ITestOutputHelper output)
{
    const long MostBytes = 256L << 20;

    static readonly string[] Places = ["out.tar", "out.oci", "out"];

    [Fact]
    public Task Fifteen_hundred_damaged_images_are_refused_with_a_reason_or_stay_what_they_are() => Survive(0, 1500);

    [Fact]
    [Trait("Category", "Slow")]
    public Task Forty_thousand_damaged_images_are_refused_with_a_reason_or_stay_what_they_are() => Survive(1500, 40_000);

    async Task Survive(int from, int count)
    {
        var (images, most) = (0, 0L);
        var reasons = new HashSet<string>();
        using var trial = new Trial();
        for (var number = from; number < from + count; number++)
        {
            var random = new PCG((uint)number, 20261129);
            var input = number % 2 == 0 ? MutationTests.Input(number) : Damaged(number, random);
            try
            {
                var reason = await trial.Of(input, Places[number % 3], request => How(request, random));
                images += reason is null ? 1 : 0;
                reasons.Add(reason is null ? "" : string.Concat(reason.Where(c => !char.IsAsciiHexDigit(c))));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"input {number} broke the optimiser", e);
            }
            most = Math.Max(most, trial.Cost.Bytes);
            Assert.True(most < MostBytes, $"input {number} took {most} bytes");
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} damaged images: {images:N0} written, the others refused for {reasons.Count:N0} reasons, at most {most >> 10:N0} KiB allocated for one"));
        Assert.True(images > count / 20 && reasons.Count > 20, $"the damage is all of one kind: {images} images, {reasons.Count} reasons");
    }

    // Layers in which everything meets everything, with damage that their digests cover.
    static byte[] Damaged(int number, PCG random)
    {
        var dice = new Dice((ulong)number);
        byte[][] layers = [.. new LayerStack(dice).Layers(1 + dice.Roll(4)).Select(layer => random.Next(4) switch
        {
            0 => layer,
            1 => ImageDamage.Tar(layer, random),
            _ => ImageDamage.Headers(layer, random),
        })];
        // A layer may come twice.
        if (random.Next(5) == 0)
            layers = [.. layers, layers[0]];
        var image = new TestImage(layers) { Packed = (Packing)(number % 3) };
        return TestImage.Tar((number % 4) switch { 0 => image.Classic(), 1 => image.Layout(), _ => image.BuildKit() });
    }

    static OptimizeRequest How(OptimizeRequest request, PCG random) => request with
    {
        KeptLayers = random.Next(3) == 0 ? null : (int)random.Next(2),
        Drop = random.Next(8) == 0 ? DropCategory.All : [],
        Compression = random.Next(4) switch { 0 => LayerFormat.Gzip, 1 => LayerFormat.Zstd, _ => null },
    };
}
