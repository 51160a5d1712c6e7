using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Stages;

/// <remarks>Where one ARG names the whole image whoever builds may say a digest, so that nothing is said.</remarks>
internal sealed class UnpinnedBaseRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("unpinned-base", Severity.Info, "A base image has a tag and no digest",
        "Put the digest behind the tag: name:tag@sha256:….", null);

    // Of a tag and a digest engines take the digest.
    const string OfVariable = "Let one ARG name the whole image, digest and all: behind a tag that varies, one digest would always win.";

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var unset = new UnsetVariables(file);
        return from stage in file.Plan.Stages
               let image = stage.From.Image.Text
               where BaseName.Of(stage) is { Tag: not (null or "latest"), Digest: null } && !IsVariable(image) && HasValues(image, unset)
               let varies = RunCall.NameOf(image).Contains('$', StringComparison.Ordinal)
               select Remark.At(stage.From.Image, $"the tag of {stage.Image} can be moved to another image") with { Remedy = varies ? OfVariable : null };
    }

    // What is left of a name without a value is no name.
    static bool HasValues(string image, UnsetVariables unset) =>
        !unset.In(image).Any() && !VariableUse.In(image).Any(use => AutomaticArguments.Names.Contains(use.Name));

    // $NAME, ${NAME} or ${NAME:-default}, and nothing else.
    static bool IsVariable(string image) => VariableUse.In(image).FirstOrDefault() is { At: 0, Length: > 0 and var length }
        && (length == image.Length || image[1] == '{' && EndOfBraces(image) == image.Length - 1);

    // Where the first one ends.
    static int EndOfBraces(string image)
    {
        var depth = 0;
        for (var at = 0; at < image.Length; at++)
            if (image[at] == '{')
                depth++;
            else if (image[at] == '}' && --depth == 0)
                return at;
        return -1;
    }
}
