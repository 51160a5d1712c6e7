using System.Globalization;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Gates;

/// <summary>The rules on the image itself. A value at its limit passes.</summary>
internal static class LimitRules
{
    public static IEnumerable<RuleResult> Of(ImageReport report, PolicyLimits limits)
    {
        if (limits.Size is { } size)
            yield return Rule("limits.size", Bytes.Show(size), Exact(report.Image.Size), report.Image.Size <= size,
                $"remove {Bytes.Show(report.Image.Size - size)}: {Largest(report)}");
        if (limits.Layers is { } layers)
            yield return Rule("limits.layers", Text(layers), Text(report.Layers.Count), report.Layers.Count <= layers,
                $"merge {Text(report.Layers.Count - layers)} layers: join RUN instructions that belong together, or copy the application in one step");
        if (limits.Efficiency is { } efficiency)
            yield return Rule("limits.efficiency", Share(efficiency), Share(report.Waste.Efficiency), IsAtLeast(report, efficiency),
                $"reclaim {Bytes.Show(ToReclaim(report, efficiency))}: {MostWasteful(report)}");
        if (limits.Waste is { } waste)
            yield return Rule("limits.waste", Bytes.Show(waste), Exact(report.Waste.ReclaimableBytes), report.Waste.ReclaimableBytes <= waste,
                $"reclaim {Bytes.Show(report.Waste.ReclaimableBytes - waste)}: {MostWasteful(report)}");
    }

    // In whole bytes: 1 − 34/100 is a little less than 0.66 in binary fractions, and must pass a limit of 0.66.
    static bool IsAtLeast(ImageReport report, double efficiency) =>
        report.Waste.ReclaimableBytes <= (1 - (decimal)efficiency) * report.Image.Size;

    // What is reclaimed makes the image smaller too, so what is over the limit would not be enough. Nothing is below an efficiency of 0.
    static long ToReclaim(ImageReport report, double efficiency) => IsAtLeast(report, efficiency) ? 0
        : (long)Math.Ceiling((report.Waste.ReclaimableBytes - (1 - (decimal)efficiency) * report.Image.Size) / (decimal)efficiency);

    static RuleResult Rule(string rule, string limit, string actual, bool passes, string advice) =>
        new(rule, limit, actual, passes ? Outcome.Pass : Outcome.Fail, passes ? null : advice);

    static string Largest(ImageReport report)
    {
        var waste = report.Waste.ReclaimableBytes > 0 ? $"{Bytes.Show(report.Waste.ReclaimableBytes)} can be reclaimed, and " : "";
        return report.Layers.Select((layer, number) => (layer, number)).MaxBy(pair => pair.layer.Size) is { layer: { } largest } most
            ? $"{waste}layer {Text(most.number)} holds {Bytes.Show(largest.Size)}" : $"{waste}no layer holds a file";
    }

    static string MostWasteful(ImageReport report) => report.Waste.Files is [var file, ..]
        ? $"the most is {file.Path} in layer {Text(file.Layer)}, {Bytes.Show(file.Bytes)}, hidden by layer {Text(file.HiddenBy)}" : "nothing is hidden";

    static string Exact(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{Bytes.Show(bytes)} ({bytes:N0} bytes)");

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // Cut, not rounded: 0.9499 must not look like 0.95.
    static string Share(double share) => (Math.Floor(share * 10_000 + 1e-9) / 10_000).ToString("0.0###", CultureInfo.InvariantCulture);
}
