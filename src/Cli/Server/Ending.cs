using Plimsoll.Cli.Terminal;
using Plimsoll.Client;
using Plimsoll.Engine.Images;

namespace Plimsoll.Cli.Server;

/// <summary>Waits for the end of an inspection and prints what came of it: the verdict where there is a policy, else the images.</summary>
/// <param name="name">What the user calls the image.</param>
/// <param name="policy">Null: none is asked for.</param>
/// <param name="platforms">Those that the verdict is about; empty: all.</param>
internal sealed class Ending(PlimsollClient client, string name, PolicyChoice? policy, IReadOnlyList<Platform> platforms, string format)
{
    /// <summary>Returns the exit code.</summary>
    public async Task<int> Of(Guid id, TimeSpan patience, CancellationToken ct)
    {
        if (await Ended(id, patience, ct) is not { } inspection)
            return CommandLine.Say(ExitCode.NotInspected, $"{name} is not inspected yet; it goes on: 'plimsoll wait {id}'");
        if (inspection.State == "cancelled")
            return CommandLine.Say(ExitCode.NotInspected, $"{name}: the inspection was cancelled");
        if (inspection.State != "succeeded")
            return CommandLine.Say(ExitCode.NotInspected, $"{name}: {inspection.Error ?? "the inspection failed"}{(inspection.Remedy is { } remedy ? $": {remedy}" : "")}");
        if (policy is not null)
            return Verdicts.Write(await policy.Judge(client, $"{id}", platforms, ct), format, name);
        if (format == "json")
            ServerJson.Write(inspection);
        else
            await Images(inspection, ct);
        return ExitCode.Passed;
    }

    async Task<InspectionBody?> Ended(Guid id, TimeSpan patience, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        over.CancelAfter(patience);
        try
        {
            await using var bars = LayerBars.Start();
            return await client.Inspections.Wait(id, bars, over.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    async Task Images(InspectionBody inspection, CancellationToken ct)
    {
        var images = new List<ImageBody>();
        foreach (var digest in inspection.Images)
            images.Add(await client.Images.Get(digest, ct));
        using (var screen = Screen.OnStandardOutput())
            ImageTable.Write(images, screen);
        using var error = Screen.OnStandardError();
        error.Advice($"plimsoll report {inspection.Id}", 0);
    }
}
