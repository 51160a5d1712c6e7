using System.CommandLine;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client;

namespace Plimsoll.Cli.Server;

/// <summary><c>plimsoll images</c>: the images that the server knows.</summary>
internal static class ImagesVerb
{
    public static Verb Verb()
    {
        var top = new Option<int?>("--top") { HelpName = "n", Description = "only so many" };
        top.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is <= 0)
                result.AddError("--top takes a number from 1");
        });
        var verb = new Verb(VerbGroup.Server, "images", "Lists the images that the server knows, the latest inspected first.", ["plimsoll images", "plimsoll images --format json"])
        {
            top,
        };
        var format = ListingFormat.Option();
        verb.Add(format);
        var server = new ServerOptions(verb);
        verb.SetAction((parsed, ct) => server.With(parsed, async client =>
        {
            var images = new List<ImageBody>();
            await foreach (var image in client.Images.All(null, ct))
                images.Add(image);
            IReadOnlyList<ImageBody> shown = [.. images.OrderByDescending(image => image.InspectedAt).Take(parsed.GetValue(top) ?? int.MaxValue)];
            if (parsed.GetValue(format) == "json")
                ServerJson.Write(shown);
            else if (shown.Count == 0)
                CommandLine.Say(ExitCode.Passed, "the server knows no image yet: 'plimsoll submit IMAGE' has one inspected");
            else
            {
                using var screen = Screen.OnStandardOutput();
                ImageTable.Write(shown, screen);
            }
            return ExitCode.Passed;
        }));
        return verb;
    }
}
