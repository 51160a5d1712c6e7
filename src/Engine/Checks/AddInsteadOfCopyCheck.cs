using System.Text.RegularExpressions;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed partial class AddInsteadOfCopyCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "add-instead-of-copy", Severity.Low, "Local files were added with ADD",
        "Use COPY: it never unpacks an archive or fetches a URL by surprise", "CIS-DI-0009");

    // The lowest layer is left out: "ADD file:… in /" is how a base image is made.
    public IEnumerable<Evidence> Run(InspectedImage image) =>
        from step in image.Steps
        where step.Layer is > 0 && step.Instruction.Verb == "ADD" && IsLocal(step.Instruction.Arguments, image.Layers[step.Layer.Value])
        select new Evidence($"history step {step.Number}: ADD {image.Mask.Mask(step.Instruction.Arguments)}", step.Layer);

    // The classic builder writes only a hash: "file:4b03b5f5 in /app/", "dir:… in /". The layer tells a URL or an unpacked archive apart.
    static bool IsLocal(string arguments, LayerIndex layer) =>
        Hashed().Match(arguments) is { Success: true } hashed
            ? hashed.Groups[1].Value != "file" || layer.Files == 1 && !layer.Entries.Any(IsFetched)
            : !Fetched().IsMatch(arguments) && !Archive().IsMatch(arguments);

    // ADD gives a file from a URL the mode 600 (Dockerfile reference, "ADD").
    static bool IsFetched(LayerEntry entry) => entry.Type == EntryType.File && entry.Mode == (UnixFileMode.UserRead | UnixFileMode.UserWrite);

    [GeneratedRegex("^(?:--[a-z]+=\\S+ )*(file|dir|multi):[0-9a-f]{8,} in ")]
    private static partial Regex Hashed();

    [GeneratedRegex("(?:^|[\\s\"'\\[])(?:https?|ftp|git|ssh)://|(?:^|[\\s\"'])git@|\\.git(?:#|\\s)", RegexOptions.IgnoreCase)]
    private static partial Regex Fetched();

    [GeneratedRegex("\\.(?:tar|tgz|txz|tbz2?|tar\\.(?:gz|xz|bz2|zst|lzma))[\"',\\s]", RegexOptions.IgnoreCase)]
    private static partial Regex Archive();
}
