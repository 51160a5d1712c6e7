using System.CommandLine;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Optimizing;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli;

/// <summary><c>plimsoll optimize</c>: the same image without what nobody can see, proved before it is there.</summary>
internal static class Optimize
{
    public static Verb Verb()
    {
        var verb = new Verb(
            VerbGroup.Smaller, "optimize", "Writes the image without the bytes that nobody can see, and proves that a container sees the same.",
            [
                "plimsoll optimize web.tar -o smaller.tar",
                "plimsoll optimize web.tar -o smaller.tar --drop apt-lists,docs --proof proof.jsonl",
                "plimsoll optimize registry.example/shop/web:1.4 -o registry.example/shop/web:1.4-small --base debian:12-slim --compression zstd",
            ]);
        var source = new Source(verb, "image");
        var options = new OptimizeOptions(verb);
        var proof = new Option<string?>("--proof") { HelpName = "file", Description = "what was compared, path by path, as JSON lines" };
        var format = ListingFormat.Option();
        verb.Add(proof);
        verb.Add(format);
        verb.SetAction(async (parsed, ct) =>
        {
            var output = options.Output(parsed);
            if (source.Request(parsed, 0, (output as ImageTarget.Registry)?.Name.Registry) is not var (image, registry))
                return Fail(SourceName.WhyNot(source.Name(parsed, 0)));
            if (parsed.GetValue(proof) is { } place && Clash(place, source.Name(parsed, 0), $"{output}") is { } clash)
                return CommandLine.Say(ExitCode.Usage, clash);
            using var proofFile = parsed.GetValue(proof) is { } name ? WholeFile.Open(name) : null;
            var request = options.Read(parsed, new OptimizeRequest(image));
            if (options.Base(parsed) is { } built)
            {
                var bases = await source.Bases(parsed, built, image.Platform, ct);
                if (bases.Failures is [var failure, ..])
                    return Fail(failure);
                request = request with { Bases = bases.Images };
            }
            Optimization done;
            await using (var bars = LayerBars.Start())
                done = await new Optimizer(Limits.Default, registry).Optimize(request, output, bars, ct);
            return done.Image is { } optimized ? Answer(optimized, output, proofFile, parsed.GetValue(format)!) : Fail(done.Failure!);
        });
        return verb;
    }

    // Why the proof cannot go there; null where it can.
    static string? Clash(string proof, string image, string output) =>
        proof == "-" ? "--proof takes a file: what goes to standard output is the answer, or the image"
        : WholeFile.AreOne(proof, output) ? $"'{proof}' cannot hold both the image and the proof: give them a file each"
        : WholeFile.AreOne(proof, image) ? $"'{proof}' is the image that is read: give the proof a file of its own" : null;

    static int Answer(OptimizedImage image, ImageTarget output, WholeFile? proof, string format)
    {
        if (proof is not null)
        {
            image.Proof.Write(proof.Content);
            proof.Commit();
        }
        // Where the image itself goes to standard output, what is said of it goes beside.
        ListingFormat.Write(format, screen => OptimizeTable.Write(image, $"{output}", screen), stream => OptimizeJson.Write(image, stream), aside: output is ImageTarget.Stream);
        return image.Proof.Holds ? ExitCode.Passed
            : CommandLine.Say(ExitCode.NotInspected, $"{output}: nothing was written, for {TerminalReport.Count(image.Proof.DifferenceCount, "path")} would not be what it was");
    }

    static int Fail(Failure failure)
    {
        CommandLine.Say(failure);
        return ExitCode.NotInspected;
    }
}
