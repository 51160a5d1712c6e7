namespace Plimsoll.Engine.Dockerfiles;

/// <summary>
/// Reads a Dockerfile as BuildKit does: directives, continued lines with comments and empty lines in them, and documents behind instructions. What
/// the instructions mean is not looked at here. Source: the Dockerfile reference, "Format", "Parser directives", "Here-Documents".
/// </summary>
public static class DockerfileReader
{
    /// <param name="file">UTF-8, with or without a byte-order mark.</param>
    public static DockerfileReading Read(ReadOnlySpan<byte> file)
    {
        try
        {
            return new(new Reading(new SourceLines(file)).All(), null);
        }
        catch (DockerfileSyntaxException e)
        {
            return new(null, e.Problem);
        }
    }

    sealed class Reading(SourceLines lines)
    {
        readonly List<ParserDirective> _directives = [];
        readonly List<DockerfileInstruction> _instructions = [];
        readonly List<DockerfileComment> _comments = [];
        readonly List<TextPosition> _empty = [];
        char _escape = '\\';
        int _next = 1;

        public Dockerfile All()
        {
            Directives();
            while (_next <= lines.Count)
            {
                var line = lines[_next];
                if (string.IsNullOrWhiteSpace(line))
                    _next++;
                else if (!Comment(line))
                    Instruction();
            }
            return _instructions.Count > 0 ? new(_escape, _directives, _instructions, _comments, _empty)
                : throw new DockerfileSyntaxException(new(Math.Max(1, lines.Count), 1), "the file has no instruction");
        }

        void Directives()
        {
            for (; _next <= lines.Count; _next++)
            {
                var line = lines[_next];
                var at = new TextPosition(_next, line.Length - line.TrimStart().Length + 1);
                if (ParserDirective.Read(line.TrimStart(), at) is not { } directive)
                    return;
                if (_directives.Exists(known => known.Name == directive.Name))
                    throw new DockerfileSyntaxException(at, $"there is a directive \"{directive.Name}\" already, and only the first would count");
                if (directive.Name == "escape")
                    _escape = directive.Value is "\\" or "`" ? directive.Value[0]
                        : throw new DockerfileSyntaxException(at, $"\"{directive.Value}\" cannot be the escape: \\ and ` can");
                _directives.Add(directive);
            }
        }

        // Whether the next line is one, which is then passed.
        bool Comment(string line)
        {
            var text = line.TrimStart();
            if (!text.StartsWith('#'))
                return false;
            _comments.Add(new(text[1..].Trim(), new(_next++, line.Length - text.Length + 1)));
            return true;
        }

        void Instruction()
        {
            var first = lines[_next];
            var joined = new PlacedText.Joiner();
            var start = first.Length - first.TrimStart().Length;
            for (var goesOn = Add(joined, first, start); goesOn && _next <= lines.Count;)
            {
                var line = lines[_next];
                if (Comment(line))
                    continue;
                if (string.IsNullOrWhiteSpace(line))
                    _empty.Add(new(_next++, 1));
                else
                    goesOn = Add(joined, line, 0);
            }
            var (keyword, flags, arguments) = InstructionHead.Of(joined.Join(), _escape);
            var head = new DockerfileInstruction(keyword, flags, arguments, [], _next - 1);
            _instructions.Add(head with { Heredocs = [.. HeredocMark.In(head, _escape).Select(Document)], LastLine = _next - 1 });
        }

        bool Add(PlacedText.Joiner joined, string line, int start)
        {
            var (length, goesOn) = Continuation.Of(line.AsSpan(start), _escape);
            joined.Add(line.AsSpan(start, length), new(_next++, start + 1));
            return goesOn;
        }

        Heredoc Document(HeredocMark mark)
        {
            var (content, at) = (new System.Text.StringBuilder(), new TextPosition(_next, 1));
            while (_next <= lines.Count)
            {
                var line = lines[_next];
                if ((mark.StripsTabs ? line.TrimStart('\t') : line) == mark.Name)
                {
                    _next++;
                    return new(mark.Name, mark.Descriptor, mark.Expands, mark.StripsTabs, content.ToString(), at);
                }
                content.Append(lines.Whole(_next++));
            }
            throw new DockerfileSyntaxException(mark.At, $"no line with {mark.Name} alone ends this document");
        }
    }
}
