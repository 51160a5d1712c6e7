using System.CommandLine;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client;
using Plimsoll.Client.Inspections;
using Plimsoll.Engine;
using Plimsoll.Engine.Images;

namespace Plimsoll.Cli.Server;

/// <summary><c>plimsoll submit IMAGE</c>: has a server inspect an image, and with <c>--wait</c> says what came of it.</summary>
internal static class Submit
{
    public static Verb Verb()
    {
        var verb = new Verb(
            VerbGroup.Server, "submit", "Has the server inspect an image; a local one is uploaded. Prints the id of the inspection, or with --wait the verdict.",
            [
                "plimsoll submit web.tar --wait --policy production",
                "plimsoll submit registry.example/shop/web:1.4",
                "docker save web:1.4 | plimsoll submit - --wait",
            ],
            judges: true);
        var image = SourceName.Argument("image");
        var wait = new Option<bool>("--wait") { Description = "wait for the end, and print what was found or the verdict" };
        var (policy, platform, timeout, format) = (PolicyChoice.Option(), PlatformOption.Create(), TimeoutOption.Create(), ListingFormat.Option());
        verb.Add(image);
        verb.Add(wait);
        verb.Add(policy);
        verb.Add(platform);
        verb.Add(timeout);
        verb.Add(format);
        var server = new ServerOptions(verb);
        verb.Validators.Add(result =>
        {
            if (result.GetValue(policy) is not null && !result.GetValue(wait))
                result.AddError("--policy is for the verdict at the end, so it takes --wait too");
        });
        verb.SetAction(async (parsed, ct) =>
        {
            var name = parsed.GetValue(image)!;
            if (SourceName.Read(name) is not { } source)
            {
                CommandLine.Say(SourceName.WhyNot(name));
                return ExitCode.NotInspected;
            }
            var shown = name == "-" ? "standard input" : name;
            PolicyChoice? judge = null;
            if (parsed.GetValue(policy) is { } word && (judge = PolicyChoice.Read(word)) is null)
                return ExitCode.Usage;
            return await server.With(parsed, async client =>
            {
                if (judge is not null)
                    await judge.Known(client, ct);
                Platform[] platforms = parsed.GetValue(platform) ?? [];
                if (await Send(client, source, platforms, ct) is not { } inspection)
                    return CommandLine.Say(ExitCode.NotInspected, $"{shown}: it holds no image: there is neither manifest.json nor index.json in it");
                Tell(inspection, shown, parsed.GetValue(wait), parsed.GetValue(format)!);
                return parsed.GetValue(wait) ? await new Ending(client, shown, judge, platforms, parsed.GetValue(format)!).Of(inspection.Id, parsed.GetValue(timeout), ct) : ExitCode.Passed;
            });
        });
        return verb;
    }

    // Null for a directory that holds no image.
    static async Task<InspectionBody?> Send(PlimsollClient client, ImageSource source, IReadOnlyList<Platform> platforms, CancellationToken ct)
    {
        string[] names = [.. platforms.Select(platform => platform.ToString())];
        if (source is ImageSource.Registry registry)
            return await client.Inspections.Submit(new InspectionRequestBody(Image: registry.Name.ToString(), Platforms: names), ct);
        if (ArchiveOf(source) is not { } archive)
            return null;
        await using var bar = UploadBar.Start(archive.Length);
        return await client.Inspections.Submit(archive, names, bar, ct);
    }

    // A pipe has no length, and is read once.
    static Archive? ArchiveOf(ImageSource source) => source switch
    {
        ImageSource.File directory when Directory.Exists(directory.Path) => Layout.Find(directory.Path),
        ImageSource.File file => new FileInfo(file.Path).Length > 0 ? Archive.OfFile(file.Path) : Archive.OfStream(File.OpenRead(file.Path)),
        ImageSource.Stream stream => Archive.OfStream(stream.Bytes),
        _ => null,
    };

    // The id alone goes to standard output, so that a script can keep it.
    static void Tell(InspectionBody inspection, string name, bool waits, string format)
    {
        var goesOn = inspection.State is "queued" or "running";
        using (var error = Screen.OnStandardError())
        {
            error.Write(new Line().Add(name, Tone.Bold).Add(goesOn ? $" is {inspection.State}" : " was inspected before", Tone.Dim)
                .Add(waits ? $"  {inspection.Id}" : "", Tone.Dim));
            if (!waits)
                error.Advice($"plimsoll {(goesOn ? "wait" : "report")} {inspection.Id}", 0);
        }
        if (!waits && format == "json")
            ServerJson.Write(inspection);
        else if (!waits)
            Console.Out.WriteLine(inspection.Id);
    }
}
