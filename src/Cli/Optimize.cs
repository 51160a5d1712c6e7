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
            return done.Image is { } optimized ? Answer(optimized, output, parsed.GetValue(proof), parsed.GetValue(format)!) : Fail(done.Failure!);
        });
        return verb;
    }

    static int Answer(OptimizedImage image, ImageTarget output, string? proof, string format)
    {
        if (proof is not null)
            using (var file = File.Create(proof))
                image.Proof.Write(file);
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
