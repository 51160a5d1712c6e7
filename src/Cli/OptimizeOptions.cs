using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Plimsoll.Engine;
using Plimsoll.Engine.Optimizing;

namespace Plimsoll.Cli;

/// <summary>What may be said to the optimiser.</summary>
internal sealed class OptimizeOptions
{
    readonly Option<ImageTarget> _output = new("--output", "-o")
    {
        HelpName = "out",
        Description = "file.tar (docker archive), file.oci (OCI archive), directory/ (OCI layout), a registry reference, or - for standard output",
        Required = true,
        CustomParser = Target,
    };
    readonly Option<string> _keep = new("--keep-base") { HelpName = "auto|N|none", Description = "how many of the lowest layers stay as they are; auto unless it is said", DefaultValueFactory = _ => "auto" };
    readonly Option<string?> _base = new("--base") { HelpName = "image", Description = "the image that this one was built on; none of its layers are read" };
    readonly Option<string[]> _drop = new("--drop") { HelpName = "category", Description = $"leftovers that go too, several with commas: {string.Join(", ", DropCategory.All)}" };
    readonly Option<string?> _compression = new("--compression") { HelpName = "gzip|zstd", Description = "of the layers above the base; as they are unless said otherwise" };
    readonly Option<int?> _level = new("--level") { HelpName = "number", Description = "of the compression, for layers that are written anew" };

    public OptimizeOptions(Verb verb)
    {
        _compression.AcceptOnlyFromAmong("gzip", "zstd");
        _keep.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value is not ("auto" or "none") && Number(token.Value) is null)
                result.AddError($"'{token.Value}' is not what --keep-base takes: auto, none, or a number of layers");
        });
        _drop.Validators.Add(result =>
        {
            foreach (var word in result.Tokens.SelectMany(token => Words(token.Value)).Where(word => Category(word) is null))
                result.AddError($"there is no category '{word}'; there are {string.Join(", ", DropCategory.All)}");
        });
        verb.Validators.Add(result =>
        {
            if (result.GetValue(_base) is not null && result.GetResult(_keep) is { Implicit: false } && result.GetValue(_keep) != "auto")
                result.AddError("--keep-base says how many layers stay: give --base without it");
        });
        verb.Validators.Add(result =>
        {
            if (result.GetResult(_level) is { } given && !given.Errors.Any() && given.GetValueOrDefault<int?>() is { } level && (level < 1 || level > Most(result.GetValue(_compression))))
                result.AddError($"--level goes from 1 to {Most(result.GetValue(_compression))}");
        });
        verb.Validators.Add(result =>
        {
            if (result.GetResult(_level) is not null && result.GetResult(_compression) is null && result.GetResult(_output) is { } output && !output.Errors.Any()
                && output.GetValueOrDefault<ImageTarget?>() is ImageTarget.DockerArchive or ImageTarget.Stream)
                result.AddError("layers of a docker archive are not compressed: give --compression gzip or zstd with --level");
        });
        foreach (var option in new Option[] { _output, _keep, _base, _drop, _compression, _level })
            verb.Add(option);
    }

    public ImageTarget Output(ParseResult parsed) => parsed.GetValue(_output)!;

    public string? Base(ParseResult parsed) => parsed.GetValue(_base);

    public OptimizeRequest Read(ParseResult parsed, OptimizeRequest request) => request with
    {
        KeptLayers = parsed.GetValue(_keep) switch { "auto" => null, "none" => 0, var number => Number(number!) },
        Drop = [.. (parsed.GetValue(_drop) ?? []).SelectMany(Words).Select(word => Category(word)!).Distinct()],
        Compression = parsed.GetValue(_compression) switch { "gzip" => LayerFormat.Gzip, "zstd" => LayerFormat.Zstd, _ => null },
        Level = parsed.GetValue(_level),
    };

    static ImageTarget? Target(ArgumentResult result)
    {
        try
        {
            return OutputName.Read(result.Tokens[0].Value);
        }
        catch (FormatException e)
        {
            result.AddError(e.Message);
            return null;
        }
    }

    static int Most(string? compression) => compression == "zstd" ? 19 : 9;

    static string[] Words(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static DropCategory? Category(string word) => DropCategory.All.FirstOrDefault(category => category.Word == word);

    static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
