using System.CommandLine;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Server;

/// <summary><c>plimsoll report IMAGE</c>: the report of an image that the server knows, in the forms that <c>inspect</c> writes.</summary>
internal static class ReportVerb
{
    public static Verb Verb()
    {
        var image = new Argument<string>("image") { Description = "a digest or its first twelve digits, a name, or the id of an inspection" };
        var verb = new Verb(
            VerbGroup.Server, "report", "Shows the report of an image that the server knows, or writes it in other formats.",
            ["plimsoll report 3f9a0c1b2d4e --format html=report.html", "plimsoll report registry.example/shop/web:1.4"])
        {
            image.NoOption(),
        };
        var (formats, platform) = (ReportOutput.Option(), PlatformOption.Create());
        verb.Add(formats);
        verb.Add(platform);
        var server = new ServerOptions(verb);
        verb.SetAction((parsed, ct) => server.With(parsed, async client =>
        {
            var name = parsed.GetValue(image)!;
            var images = await KnownImages.Find(client, name, parsed.GetValue(platform) ?? [], ct);
            if (images.Count == 0)
                return CommandLine.Say(ExitCode.NotInspected, $"{name}: the server knows no such image: 'plimsoll images' lists those that it knows");
            var reports = new List<ImageReport>();
            foreach (var known in images)
                reports.Add(await client.Images.Report(known.Digest, ct));
            ReportOutput.Write(new Report(reports, []), parsed.GetValue(formats)!);
            return ExitCode.Passed;
        }));
        return verb;
    }
}
