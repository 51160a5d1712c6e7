using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class CurlWithoutFailRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("curl-without-fail", Severity.Low,
        "curl takes an error page for the file", "Give --fail (-f) to curl.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from download in Download.In(file)
        let call = download.Call
        where call.Program == "curl" && !call.Has("--fail", "--fail-with-body", "--head", "--write-out")
            && !"fIw".Any(letter => HasLetter(call, letter)) && !call.MayHoldOptions
        where !DownloadUncheckedRule.IsChecked(download.Run) && !download.Pipe().Any(next => Unpackers.Contains(next.Program))
        select call.Remark(call.Words[0], "where the server answers 404, curl ends well, and its page is what the file holds");

    // These take no page for what they expect.
    static readonly HashSet<string> Unpackers = new(StringComparer.Ordinal) { "tar", "bsdtar",
        "cpio", "gzip", "gunzip", "zcat", "bzip2", "bunzip2", "bzcat", "xz", "unxz", "xzcat", "zstd", "unzstd", "jq", "apt-key" };

    // A value may be written behind the letters: -fsSLo/tmp/file.
    static bool HasLetter(RunCall call, char letter) => call.Words.Any(word => word.Text is ['-', not '-', ..] && word.Text.AsSpan(1) is var letters
        && letters.IndexOf(letter) is >= 0 and var at && letters[..at].IndexOfAny(WithValue) < 0);

    static readonly System.Buffers.SearchValues<char> WithValue = System.Buffers.SearchValues.Create("oHdXuAebTwm");
}
