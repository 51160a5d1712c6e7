using System.Globalization;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>The bytes that nobody can read, by what hid them: the instruction is what one can change.</summary>
internal static class WastePart
{
    const int Causes = 6;
    const int Files = 3;

    public static void Write(ImageReport image, Screen screen)
    {
        var waste = image.Waste;
        screen.Line();
        var share = (Math.Floor(waste.Efficiency * 1000) / 10).ToString("0.0", CultureInfo.InvariantCulture);
        screen.Line($"{screen.Bold("Waste")}  {Bytes.Show(waste.ReclaimableBytes)} of {Bytes.Show(image.Image.Size)} cannot be seen in the final tree: {share} % efficient"
            + screen.Dim(string.Create(CultureInfo.InvariantCulture, $"  (dive {waste.Dive.Efficiency:0.000})")));
        var causes = waste.Files.GroupBy(file => (file.Layer, file.HiddenBy, file.How))
            .Select(group => (group.Key, Bytes: group.Sum(file => file.Bytes), Files: group.ToList())).OrderByDescending(cause => cause.Bytes).ToList();
        foreach (var (key, bytes, files) in causes.Take(Causes))
        {
            screen.Line($"  {Bytes.Show(bytes),10}  {(files.Count == 1 ? "1 file" : $"{files.Count} files")} of layer {key.Layer}, {Verb(key.How)} by layer {key.HiddenBy}  "
                + screen.Dim(Plain.Middle(Plain.Command(image.Layers[key.HiddenBy].Command), screen.Width - 58)));
            screen.Line($"              {screen.Dim(Plain.Middle(string.Join(", ", files.Take(Files).Select(file => file.Path)) + (files.Count > Files ? ", …" : ""), screen.Width - 14))}");
        }
        if (causes.Count > Causes)
            screen.Line(screen.Dim($"  {Bytes.Show(causes.Skip(Causes).Sum(cause => cause.Bytes)),10}  in {causes.Skip(Causes).Sum(cause => cause.Files.Count)} more files"));
        if (waste.DuplicateBytes > 0)
            screen.Line(screen.Dim($"  {Bytes.Show(waste.DuplicateBytes),10}  more in visible files of equal content, the most in {Plain.Middle(string.Join(" = ", waste.Duplicates[0].Paths.Take(2)), screen.Width - 62)}"));
    }

    static string Verb(HiddenHow how) => how switch { HiddenHow.Deleted => "deleted", HiddenHow.MetadataCopy => "copied for its owner or mode", _ => "overwritten" };
}
