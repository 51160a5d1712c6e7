using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Plimsoll.Engine.Gates;

/// <summary>A piece of a policy file with its place. YAML holds JSON, so one reader serves both.</summary>
internal abstract record PolicyNode(int Line, int Column)
{
    const int MaxDepth = 8;

    internal sealed record Scalar(string Text, bool Quoted, int Line, int Column) : PolicyNode(Line, Column);

    internal sealed record List(IReadOnlyList<PolicyNode> Items, int Line, int Column) : PolicyNode(Line, Column);

    internal sealed record Map(IReadOnlyList<KeyValuePair<Scalar, PolicyNode>> Entries, int Line, int Column) : PolicyNode(Line, Column);

    /// <summary>The one document in <paramref name="text"/>; null when it is empty or malformed, and then there is a problem.</summary>
    public static PolicyNode? Read(string text, List<PolicyProblem> problems)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
                throw new YamlException(Mark.Empty, Mark.Empty, "the policy is empty");
            var node = Node(parser, 0);
            parser.Consume<DocumentEnd>();
            if (parser.Current is DocumentStart second)
                throw new YamlException(second.Start, second.End, "a policy file holds one policy, not several documents");
            return node;
        }
        catch (YamlException e)
        {
            problems.Add(new PolicyProblem((int)Math.Max(1, e.Start.Line), (int)Math.Max(1, e.Start.Column), e.Message));
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The parser gives up like this, without a place, on some malformed flow collections and on an empty tag (`!<>`).
            problems.Add(new PolicyProblem(1, 1, "the policy is not well-formed YAML or JSON"));
            return null;
        }
    }

    static PolicyNode Node(Parser parser, int depth)
    {
        var at = parser.Consume<ParsingEvent>();
        if (at is AnchorAlias or NodeEvent { Anchor.IsEmpty: false } or NodeEvent { Tag.IsEmpty: false })
            throw new YamlException(at.Start, at.End, "anchors, aliases and tags are not part of a policy");
        if (depth > MaxDepth)
            throw new YamlException(at.Start, at.End, $"the policy is nested more than {MaxDepth} deep");
        return at switch
        {
            YamlDotNet.Core.Events.Scalar s => new Scalar(s.Value, s.Style is not ScalarStyle.Plain, (int)s.Start.Line, (int)s.Start.Column),
            SequenceStart s => new List(ReadItems(parser, depth), (int)s.Start.Line, (int)s.Start.Column),
            MappingStart s => new Map(ReadEntries(parser, depth), (int)s.Start.Line, (int)s.Start.Column),
            _ => throw new YamlException(at.Start, at.End, "the policy is malformed"),
        };
    }

    static List<PolicyNode> ReadItems(Parser parser, int depth)
    {
        var items = new List<PolicyNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(Node(parser, depth + 1));
        return items;
    }

    static List<KeyValuePair<Scalar, PolicyNode>> ReadEntries(Parser parser, int depth)
    {
        var entries = new List<KeyValuePair<Scalar, PolicyNode>>();
        var names = new HashSet<string>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (Node(parser, depth + 1) is not Scalar key)
                throw new YamlException(parser.Current!.Start, parser.Current.End, "a field name is a word");
            if (!names.Add(key.Text))
                throw new YamlException(new Mark(0, key.Line, key.Column), Mark.Empty, $"'{key.Text}' is given twice");
            entries.Add(new(key, Node(parser, depth + 1)));
        }
        return entries;
    }
}
