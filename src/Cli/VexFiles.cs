using System.CommandLine;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Vex;

namespace Plimsoll.Cli;

/// <summary>The documents of <c>--vex</c>: what supplier or team state of vulnerabilities, held against a report.</summary>
internal static class VexFiles
{
    /// <summary>Statements that cannot be used, of one file, that are named one by one.</summary>
    const int Named = 5;

    public static Option<string[]> Option() => new("--vex")
    {
        HelpName = "file",
        Description = "what supplier or team state of vulnerabilities (OpenVEX, CSAF or CycloneDX); may be given several times",
    };

    /// <summary>All statements of the files; null after saying which of them cannot be read.</summary>
    public static VexLedger? Read(IReadOnlyList<string> files)
    {
        var documents = new List<VexDocument>();
        foreach (var file in files)
            if (Read(file) is { } document)
                documents.Add(document);
            else
                return null;
        // Of two states of one document the newer one holds, in whatever order they are given.
        return VexLedger.Of(documents.GroupBy(one => one.Id, StringComparer.Ordinal).Select(same => same.Aggregate((one, other) => other.IsNewerThan(one) ? other : one)));
    }

    /// <summary>The same report with what is stated of its vulnerabilities.</summary>
    /// <param name="name">What the images were asked for by.</param>
    public static Report With(this Report report, VexLedger statements, string name) =>
        statements.IsEmpty ? report : report with { Images = [.. report.Images.Select(image => statements.Apply(image, Names(image, name)))] };

    /// <summary>What the image goes by here: what was asked for, and what an archive calls it, but for digests. A digest is what an image is, and not what somebody writes.</summary>
    public static IReadOnlyList<string> Names(ImageReport image, string name) =>
        ImageName.TryParse(image.Image.Reference, null, out var own) && own.Digest is null && !Digest.TryParse(image.Image.Reference, null, out _) ? [name, image.Image.Reference!] : [name];

    static VexDocument? Read(string file)
    {
        if (!File.Exists(file))
        {
            CommandLine.Say(ExitCode.Usage, $"there is no VEX document '{file}'");
            return null;
        }
        var reading = VexReader.Read(Content(file));
        if (reading.Document is not { } document)
        {
            CommandLine.Say(ExitCode.Usage, $"{file}: it cannot be read as VEX: {reading.Refusal}");
            return null;
        }
        foreach (var one in document.Unusable.Take(Named))
            CommandLine.Say(ExitCode.Passed, $"{file}: statement {one.Number}{(one.Vulnerability is { } name ? $", {name}," : "")} is not used: {one.Reason}");
        if (document.UnusableCount > Named)
            CommandLine.Say(ExitCode.Passed, $"{file}: {document.UnusableCount} statements in all are not used");
        return document;
    }

    // One byte more than may be there, so that the reader sees where it is too much. A pipe has no length.
    static ReadOnlyMemory<byte> Content(string file)
    {
        using var input = File.OpenRead(file);
        var buffer = new byte[(input.CanSeek ? Math.Min(input.Length, VexLimits.Bytes) : VexLimits.Bytes) + 1];
        return buffer.AsMemory(0, input.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
    }
}
