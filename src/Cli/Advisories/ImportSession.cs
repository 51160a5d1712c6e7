using System.CommandLine;
using System.Globalization;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Cli.Advisories;

/// <summary>One change of the user's library, from its beginning to what is said of it.</summary>
internal sealed class ImportSession : IDisposable
{
    ImportSession(LibraryImport import, bool replace) => (Import, Replaces) = (import, replace);

    /// <summary>Whether what is there counts for nothing: it may vanish, and it may be damaged.</summary>
    public bool Replaces { get; }

    public LibraryImport Import { get; }

    public DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    public static Option<bool> ReplaceOption() => new("--replace") { Description = "also where more than a tenth of a source's records would vanish, or the file cannot be read" };

    /// <summary>Null after saying why not.</summary>
    public static ImportSession? Begin(bool replace)
    {
        var start = LibraryImport.Begin(LibraryPath.Current, anew: replace);
        if (start.Import is { } import)
            return new(import, replace);
        CommandLine.Say(ExitCode.NotInspected, $"{start.Refusal}{(start.IsUnreadable ? ": --replace starts a new one" : "")}");
        return null;
    }

    /// <summary>A file is as old as its last change: who carries it from elsewhere keeps that (<c>cp -p</c>, <c>scp -p</c>, <c>curl -R</c>).</summary>
    public Provenance OfFile(string path) => new(Now, new[] { Now, new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero) }.Min(), Path.GetFullPath(path));

    public static int Fail(string why) => CommandLine.Say(ExitCode.NotInspected, $"{why}: nothing was changed");

    /// <param name="isEachForItself">Whether a source that would lose too much stays, and the others are taken; else all are or none.</param>
    /// <param name="unchanged">Sources whose mirror says that they are what they were.</param>
    public int Complete(CancellationToken ct, bool isEachForItself = false, params IReadOnlyList<AdvisorySource> unchanged)
    {
        ImportOutcome outcome;
        var code = ExitCode.Passed;
        try
        {
            outcome = Import.Complete(Replaces, ct);
            if (!outcome.IsWritten)
            {
                var lost = outcome.Changes.Where(change => change.IsLoss).ToList();
                foreach (var loss in lost)
                    CommandLine.Say(ExitCode.NotInspected, string.Create(CultureInfo.InvariantCulture, $"{loss.Source.Name}: {loss.Vanished:N0} of its {loss.Before:N0} records would vanish, more than a tenth"));
                if (!isEachForItself || lost.Count == outcome.Changes.Count && unchanged.Count == 0)
                    return CommandLine.Say(ExitCode.NotInspected, "nothing was changed: where that is right, --replace takes it");
                Import.AbandonLosses();
                code = CommandLine.Say(ExitCode.NotInspected, $"{string.Join(", ", lost.Select(loss => loss.Source.Name))} stays as it is: where that is right, --replace takes it");
                outcome = Import.Complete(Replaces, ct);
            }
        }
        catch (InvalidDataException e)
        {
            return Fail(e.Message);
        }
        using var screen = Screen.OnStandardOutput();
        new ChangeTable(outcome.Changes, unchanged, screen).Write();
        if (AdvisoryLibrary.Open(LibraryPath.Current).Library is { } library)
            using (library)
                SourceTable.Summary(library, LibraryPath.Current, Now, screen);
        return code;
    }

    public void Dispose() => Import.Dispose();
}
