using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Reports;

/// <summary>The validator of the SARIF SDK, by its own rules and those of GitHub; from npm, fetched once.</summary>
static partial class SarifValidator
{
    /// <summary>What it has against a document: a severity and the id of a rule each.</summary>
    public static async Task<IReadOnlyList<string>> Complaints(string sarif)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64, "the validator is for Linux on x64");
        var tool = Path.Combine(await NpmPackage.Get("@microsoft/sarif-multitool-linux", "5.7.0"), "Sarif.Multitool");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var folder = new TemporaryFolder();
        var file = folder.Write("report.sarif", sarif);
        var output = await Tool.Run(tool, ["validate", file, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning"],
            new Dictionary<string, string> { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" });
        Assert.Contains("Analysis completed successfully", output, StringComparison.Ordinal);
        // The project has no public address that informationUri could name.
        return [.. Complaint().Matches(output).Select(complaint => complaint.Value).Where(complaint => complaint != "warning SARIF2005")];
    }

    [GeneratedRegex("(?<=: )(?:error|warning) [A-Z]+[0-9]+")]
    private static partial Regex Complaint();
}
