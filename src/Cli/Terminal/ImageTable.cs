using System.Globalization;
using Plimsoll.Cli.Server;
using Plimsoll.Client;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>Images that a server knows, a line each.</summary>
internal static class ImageTable
{
    /// <summary>Where the columns end that follow the name.</summary>
    const int Platform = 14, Size = 10, Count = 10, Day = 12;

    public static void Write(IReadOnlyList<ImageBody> images, Screen screen)
    {
        var wide = screen.Width >= 100;
        var name = screen.Width - Platform - Size - Count - (wide ? Count + Day : 0) - 14;
        var head = new Line().Add("digest", Tone.Dim).To(14).Add("image", Tone.Dim).To(14 + name).Add("  platform", Tone.Dim);
        var column = 14 + name + Platform;
        head.Right("size", column += Size, Tone.Dim).Right("findings", column += Count, Tone.Dim);
        if (wide)
            head.Right("packages", column += Count, Tone.Dim).Right("inspected", column + Day, Tone.Dim);
        screen.Write(head);
        foreach (var image in images)
            screen.Write(Of(image, name, wide, screen));
    }

    static Line Of(ImageBody image, int name, bool wide, Screen screen)
    {
        var line = new Line().Add(KnownImages.Short(image)).To(14);
        line.Add(screen.Middle(image.Reference ?? "(no name)", name), image.Reference is null ? Tone.Dim : Tone.Bold).To(14 + name);
        line.Add("  ").Add(screen.Middle(image.Platform, Platform - 2));
        var column = 14 + name + Platform;
        line.Right(Bytes.Show(image.Size), column += Size);
        line.Right(image.Findings.ToString("N0", CultureInfo.InvariantCulture), column += Count, image.Findings > 0 ? Tone.Warn : Tone.Good);
        return !wide ? line : line.Right(image.Packages.ToString("N0", CultureInfo.InvariantCulture), column += Count)
            .Right(image.InspectedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), column + Day, Tone.Dim);
    }
}
