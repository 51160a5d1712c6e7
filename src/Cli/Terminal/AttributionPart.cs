using Plimsoll.Engine.Dockerfiles.Attribution;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>The bytes of an image and what was found in it, by the lines of its Dockerfile, and which line wastes what.</summary>
internal static class AttributionPart
{
    const int Causes = 4, LineCells = 5, Indent = LineCells + 2 + 11 + 2;

    public static void Write(ImageAttribution image, Screen screen)
    {
        var all = image.Instructions.Append(image.Others).OfType<InstructionCost>().ToList();
        var wasted = all.Sum(cost => cost.Wasted);
        screen.Heading("Image", !image.Fits ? new Line().Add("not of this Dockerfile", Tone.Bad)
            : new Line().Add(wasted > 0 ? $"{Bytes.Show(wasted)} of {Bytes.Show(all.Sum(cost => cost.Bytes))} wasted" : "nothing wasted", wasted > 0 ? Tone.Bad : Tone.Good));
        if (image.Parts is { } parts)
            screen.Wrapped($"{(image.Fits ? "The Dockerfile is not quite the one" : "This image was not built from this Dockerfile")}: line {parts.At.Line}, {parts.Text}, is not in the image{(parts.There is { } there ? $", which has there: {Commands.Show(there)}" : "")}", 2, image.Fits ? Tone.Dim : Tone.Bad);
        if (!image.Fits)
            return;
        if (image.Others is { } others)
            Write(others, screen);
        foreach (var cost in image.Instructions.Where(cost => cost.Layer is not null || cost.Found.Findings.Count > 0))
            Write(cost, screen);
        if (image.Found.Findings.Count > 0)
        {
            screen.Write(new Line().Right(screen.Glyphs.Minus, LineCells, Tone.Bold).To(Indent).Add("of the image as a whole"));
            FoundPart.Write(image.Found, Indent, screen);
        }
    }

    static void Write(InstructionCost cost, Screen screen)
    {
        var start = new Line().Right(cost.Line is { } number ? $"{number}" : screen.Glyphs.Minus, LineCells, Tone.Bold).Right(cost.Layer is null ? "" : Bytes.Show(cost.Bytes), Indent - 2).To(Indent);
        var end = cost.Wasted > 0 ? $"  {Bytes.Show(cost.Wasted)} wasted" : "";
        screen.Write(start.Add(screen.Middle(cost.Text, screen.Width - Indent - end.Length)).Add(end, Tone.Bad));
        foreach (var cause in cost.HiddenBy.Take(Causes))
            screen.Write(new Line().To(Indent).Add($"{Bytes.Show(cause.Bytes)} {How(cause.How)} {(cause.Line is { } line ? $"line {line}" : $"layer #{cause.Layer} of the base image")}", Tone.Warn));
        if (cost.HiddenBy.Count > Causes)
            screen.Write(new Line().To(Indent).Add($"and {Bytes.Show(cost.HiddenBy.Skip(Causes).Sum(cause => cause.Bytes))} by others", Tone.Dim));
        FoundPart.Write(cost.Found, Indent, screen);
    }

    static string How(HiddenHow how) => how switch
    {
        HiddenHow.Deleted => "deleted by",
        HiddenHow.MetadataCopy => "copied for its owner or mode by",
        _ => "overwritten by",
    };
}
