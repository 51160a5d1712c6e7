using System.Globalization;
using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

internal sealed class InvalidStopsignalRule : IDockerfileRule
{
    static readonly HashSet<string> Signals = new(StringComparer.Ordinal)
    {
        "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT",
        "KILL", "PIPE", "POLL", "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP",
        "TTIN", "TTOU", "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ", "RTMIN", "RTMAX",
    };

    public RuleInfo Info { get; } = new("invalid-stopsignal", Severity.High,
        "STOPSIGNAL is no signal that a program can answer", "Name a signal such as SIGTERM or SIGQUIT.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from one in file.Steps
        let signal = one.Step as TextStep
        where signal is { Source.Name: "STOPSIGNAL" } && !signal.Value.Text.Contains('$', StringComparison.Ordinal)
        let what = What(signal.Value.Text.Trim('"').ToUpperInvariant())
        where what is not null
        select Remark.At(signal.Value, $"{signal.Value} {what}");

    static string? What(string signal)
    {
        var name = signal.StartsWith("SIG", StringComparison.Ordinal) ? signal[3..] : signal;
        if (name is "KILL" or "STOP" or "9" or "19")
            return "cannot be caught: the program has no chance to end what it does";
        var isNumber = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return isNumber ? number is >= 1 and <= 64 ? null : "is no number of a signal"
            : Signals.Contains(name.Split('+', '-')[0]) ? null : "is no signal";
    }
}
