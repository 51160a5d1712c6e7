using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Dockerfiles.Steps;

/// <summary>Reads the parts of an instruction (Dockerfile reference, one section for each).</summary>
internal sealed class StepReader(char escape)
{
    static readonly string[] Keywords =
        ["ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK",
            "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"];

    static readonly Regex StageName = new("^[a-z][a-z0-9-_.]*$", RegexOptions.NonBacktracking);

    /// <exception cref="DockerfileSyntaxException">A build would refuse it.</exception>
    public BuildStep Read(DockerfileInstruction one) => one.Name switch
    {
        "FROM" => From(one),
        "ARG" => new ArgStep(one, Arguments(one)),
        "ENV" => Pairs(one) is var (values, isOld) ? new EnvStep(one, values, isOld) : null!,
        "LABEL" => Pairs(one) is var (values, isOld) ? new LabelStep(one, values, isOld) : null!,
        "RUN" => Run(one),
        "CMD" => new CmdStep(one, Command(Plain(one))),
        "ENTRYPOINT" => new EntrypointStep(one, Command(Plain(one))),
        "SHELL" => JsonForm.Of(Some(Plain(one)).Arguments) is { Count: > 0 } words
            ? new ShellStep(one, words) : throw Wrong(one, "SHELL takes a list in brackets: [\"/bin/sh\", \"-c\"]"),
        "COPY" or "ADD" => Copy(one),
        "HEALTHCHECK" => Healthcheck(one),
        "USER" or "WORKDIR" or "MAINTAINER" => new TextStep(one, Some(Plain(one)).Arguments),
        "STOPSIGNAL" => new TextStep(one, Some(one).Arguments),
        "EXPOSE" => new ListStep(one, Spaced(Some(Plain(one)).Arguments)),
        "VOLUME" => new ListStep(one, Listed(Some(Plain(one)))),
        "ONBUILD" => OnBuild(one),
        _ => throw Wrong(one, $"there is no instruction {one.Keyword.Text}{(Near(one.Name) is { } near ? $": is {near} meant?" : "")}"),
    };

    static FromStep From(DockerfileInstruction one)
    {
        var platform = new StepFlags(one, texts: ["platform"]).Text("platform");
        var words = Spaced(one.Arguments);
        if (words is [var image])
            return new(one, image, null, platform);
        if (words is not [var from, var @as, var name] || !@as.Text.Equals("as", StringComparison.OrdinalIgnoreCase))
            throw Wrong(one, "FROM takes an image, or an image, AS, and the name of the stage");
        return StageName.IsMatch(name.Text.ToLowerInvariant()) ? new(one, from, name, platform)
            : throw new DockerfileSyntaxException(name.Start, $"\"{name.Text}\" is no name of a stage: a letter, and then letters, digits, - _ or .");
    }

    IReadOnlyList<NamedValue> Arguments(DockerfileInstruction one)
    {
        var words = ShellWords.Plain(Some(one).Arguments, escape);
        return [.. words.Select(word => Pair(word) ?? new NamedValue(word, null))];
    }

    (IReadOnlyList<NamedValue> Values, bool IsOld) Pairs(DockerfileInstruction one)
    {
        var text = Some(Plain(one)).Arguments;
        var words = ShellWords.Plain(text, escape);
        if (words.Count > 0 && words[0].Text.Contains('=', StringComparison.Ordinal))
            return ([.. words.Select(word => Pair(word) ?? throw new DockerfileSyntaxException(word.Start,
                $"there is no = in \"{word.Text}\": {one.Name} takes name=value, with quotes around a value with spaces"))], false);
        var end = text.Text.AsSpan().IndexOfAny("\t\v\f\r ");
        return end < 0 ? throw Wrong(one, $"{one.Name} takes a name and a value") : ([new(text.Slice(0, end), text.Slice(end).Trim())], true);
    }

    static NamedValue? Pair(PlacedText word) => word.Text.IndexOf('=', StringComparison.Ordinal) switch
    {
        < 0 => null,
        0 => throw new DockerfileSyntaxException(word.Start, "the name before = is missing"),
        var equals => new(word.Slice(0, equals), word.Slice(equals + 1)),
    };

    static RunStep Run(DockerfileInstruction one)
    {
        var flags = new StepFlags(one, texts: ["network", "security"], lists: ["mount", "device"]);
        var (network, security) = (flags.Text("network"), flags.Text("security"));
        if (network is not (null or "default" or "none" or "host"))
            throw new DockerfileSyntaxException(flags.All("network")[0].At, "--network is default, none or host");
        if (security is not (null or "sandbox" or "insecure"))
            throw new DockerfileSyntaxException(flags.All("security")[0].At, "--security is sandbox or insecure");
        return new(one, Command(Some(one)), [.. flags.All("mount").Select(RunMount.Read)], network, security);
    }

    static CopyStep Copy(DockerfileInstruction one)
    {
        var isAdd = one.Name == "ADD";
        var flags = new StepFlags(one, texts: isAdd ? ["chown", "chmod", "checksum"] : ["chown", "chmod", "from"],
            lists: ["exclude"], switches: isAdd ? ["link", "keep-git-dir", "unpack"] : ["link", "parents"]);
        var words = Documents(one, Listed(one));
        if (words.Count < 2)
            throw Wrong(one, $"{one.Name} takes at least one source, and a destination");
        if (one.Heredocs.Any(document => document.At.Line > 0) && words[^1].Text.StartsWith("<<", StringComparison.Ordinal))
            throw new DockerfileSyntaxException(words[^1].Start, "a document cannot be a destination");
        if (!isAdd && words.SkipLast(1).FirstOrDefault(IsAddress) is { } address)
            throw new DockerfileSyntaxException(address.Start, "COPY takes no address: ADD does");
        return new(
            one, isAdd, [.. words.SkipLast(1).Where(word => !word.Text.Contains("<<", StringComparison.Ordinal))],
            words[^1], flags.Placed("from"), flags.Text("chown"), flags.Text("chmod"),
            flags.Is("link"), flags.Is("parents"), [.. flags.All("exclude").Select(flag => flag.Value!)], flags.Text("checksum"));
    }

    static bool IsAddress(PlacedText source) =>
        source.Text.StartsWith("http://", StringComparison.Ordinal) || source.Text.StartsWith("https://", StringComparison.Ordinal);

    // Where there are documents, a mark and its name may have space between them.
    static IReadOnlyList<PlacedText> Documents(DockerfileInstruction one, IReadOnlyList<PlacedText> words) =>
        one.Heredocs.Count > 0 ? ShellWords.Raw(one.Arguments) : words;

    static HealthcheckStep Healthcheck(DockerfileInstruction one)
    {
        var words = Spaced(Some(one).Arguments);
        var rest = one.Arguments.Slice(words[0].Length).Trim();
        if (words[0].Text.Equals("NONE", StringComparison.OrdinalIgnoreCase))
            return rest.Length == 0 ? new(one, null) : throw new DockerfileSyntaxException(rest.Start, "HEALTHCHECK NONE takes nothing more");
        if (!words[0].Text.Equals("CMD", StringComparison.OrdinalIgnoreCase))
            throw new DockerfileSyntaxException(words[0].Start, "HEALTHCHECK takes CMD and a command, or NONE");
        _ = new StepFlags(one, texts: ["interval", "timeout", "start-period", "start-interval", "retries"]);
        return rest.Length > 0 ? new(one, new StepCommand(rest, JsonForm.Of(rest), one.Heredocs))
            : throw Wrong(one, "HEALTHCHECK CMD takes a command");
    }

    OnBuildStep OnBuild(DockerfileInstruction one)
    {
        var (keyword, flags, arguments) = InstructionHead.Of(Some(Plain(one)).Arguments, escape);
        var inner = new DockerfileInstruction(keyword, flags, arguments, one.Heredocs, one.LastLine);
        return inner.Name is "ONBUILD" or "MAINTAINER" or "FROM"
            ? throw new DockerfileSyntaxException(keyword.Start, $"{inner.Name} cannot stand behind ONBUILD") : new(one, Read(inner));
    }

    static StepCommand Command(DockerfileInstruction one) => new(one.Arguments, JsonForm.Of(one.Arguments), one.Heredocs);

    static IReadOnlyList<PlacedText> Listed(DockerfileInstruction one) => JsonForm.Of(one.Arguments) ?? Spaced(one.Arguments);

    static List<PlacedText> Spaced(PlacedText text)
    {
        var words = new List<PlacedText>();
        for (var at = 0; at < text.Length;)
        {
            var end = text.Text.AsSpan(at).IndexOfAny("\t\v\f\r ") is >= 0 and var found ? at + found : text.Length;
            if (end > at)
                words.Add(text.Slice(at, end - at));
            at = end + 1;
        }
        return words;
    }

    static DockerfileInstruction Plain(DockerfileInstruction one)
    {
        _ = new StepFlags(one);
        return one;
    }

    static DockerfileInstruction Some(DockerfileInstruction one) => one.Arguments.Length > 0
        ? one : throw Wrong(one, $"{one.Name} takes an argument");

    static DockerfileSyntaxException Wrong(DockerfileInstruction one, string reason) => new(one.At, reason);

    // A keyword that differs in one or two letters.
    static string? Near(string word) => Keywords.Select(keyword => (Keyword: keyword, Distance: Distance(word, keyword)))
        .Where(one => one.Distance <= 2).OrderBy(one => one.Distance).Select(one => one.Keyword).FirstOrDefault();

    static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 2)
            return int.MaxValue;
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var (corner, _) = (row[0], row[0] = i);
            for (var j = 1; j <= right.Length; j++)
                (corner, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, corner + (left[i - 1] == right[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
