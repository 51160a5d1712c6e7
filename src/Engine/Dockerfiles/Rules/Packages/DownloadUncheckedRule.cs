using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class DownloadUncheckedRule : IDockerfileRule
{
    static readonly HashSet<string> Checks = new(StringComparer.Ordinal)
    {
        "sha1sum", "sha224sum", "sha256sum", "sha384sum", "sha512sum", "shasum", "b2sum", "md5sum", "cksum", "rhash", "gpg", "gpgv", "gpg2", "cosign",
        "minisign", "signify", "openssl", "apt-key", "rpm", "rpmkeys", "slsa-verifier",
    };

    public RuleInfo Info { get; } = new(
        "download-unchecked", Severity.Info, "A file is used without a look at its checksum",
        "Add its SHA-256 and a sha256sum --check, or fetch it with ADD --checksum=.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        ReviewedRun? run = null;
        var isChecked = false;
        foreach (var download in Download.In(file))
        {
            if (!ReferenceEquals(run, download.Run))
                (run, isChecked) = (download.Run, IsChecked(download.Run));
            if (!isChecked && IsStored(download) && download.RunBy() is null)
                yield return download.Address.Remark("whatever this address sends on that day goes into the image");
        }
    }

    /// <summary>Whether a step holds something against a checksum or a signature.</summary>
    public static bool IsChecked(ReviewedRun run) => run.Calls.Any(call => Checks.Contains(call.Program));

    // wget writes a file unless it is told otherwise; what curl prints may be looked at and no more.
    static bool IsStored(Download download) => Unpacks(download)
        || (download.Call.Program == "wget" ? !download.Call.Has("--spider", "--post-data") && !Prints(download.Call) : Writes(download.Call));

    static bool Prints(RunCall wget) =>
        wget.Words.Any(word => word.Text is "-" or "--output-document=-" || (word.Text is ['-', .., 'O', '-'] and not ['-', '-', ..]));

    // A letter with a value that may have an o in it comes with no other.
    static bool Writes(RunCall curl) => curl.Has("--output", "--remote-name", "--remote-name-all")
        || curl.Words.Any(word => word.Text is ['-', not '-', .. var letters]
            && letters.AsSpan().IndexOfAny("oO") is >= 0 and var at && word.Text.AsSpan(1, at + 1).IndexOfAny("HdXu") < 0);

    static bool Unpacks(Download download) => download.Pipe().Any(call => call.Program is "tar" or "bsdtar" or "cpio" or "tee" or "dd" or "unzip");
}
