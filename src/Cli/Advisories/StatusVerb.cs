using Plimsoll.Cli.Terminal;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Cli.Advisories;

/// <summary><c>plimsoll advisories status</c>: which advisories are here, and how old they are.</summary>
internal static class StatusVerb
{
    public static Verb Verb()
    {
        var format = ListingFormat.Option();
        var verb = new Verb(
            VerbGroup.Advisories, "status", "Shows which advisories are here, from where, and how old they are.", ["plimsoll advisories status", "plimsoll advisories status --format json"])
        {
            format,
        };
        verb.SetAction(parsed =>
        {
            var opening = AdvisoryLibrary.Open(LibraryPath.Current);
            if (opening.Library is not { } library)
                return CommandLine.Say(ExitCode.NotInspected, opening.IsMissing
                    ? $"there are no advisories in {LibraryPath.Current} yet: 'plimsoll advisories update' brings them, 'plimsoll advisories import' takes them from files"
                    : $"{opening.Problem}: bring the advisories anew, with --replace");
            using (library)
                ListingFormat.Write(
                    parsed.GetValue(format)!, screen => SourceTable.Write(library, LibraryPath.Current, TimeProvider.System.GetUtcNow(), screen), output => StatusJson.Write(library, LibraryPath.Current, output));
            return ExitCode.Passed;
        });
        return verb;
    }
}
