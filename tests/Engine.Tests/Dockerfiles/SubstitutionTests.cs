using Plimsoll.Engine.Dockerfiles;

namespace Plimsoll.Engine.Tests.Dockerfiles;

public sealed class SubstitutionTests
{
    static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["a"] = "value", ["empty"] = "", ["path"] = "/usr/local/bin", ["file"] = "archive.tar.gz", ["star"] = "a*b", ["name_1"] = "one", ["1"] = "first",
    };

    static PlacedText Placed(string text)
    {
        var joiner = new PlacedText.Joiner();
        joiner.Add(text, new(1, 1));
        return joiner.Join();
    }

    static string Expand(string text, char escape = '\\') => new Substitution(escape, Known.GetValueOrDefault).Expand(Placed(text));

    [Theory]
    [InlineData("$a", "value")]
    [InlineData("x${a}y", "xvaluey")]
    [InlineData("$a-$name_1.$none!", "value-one.!")]
    [InlineData("$", "$")]
    [InlineData("100%$", "100%$")]
    [InlineData("$1x", "firstx")]
    [InlineData("'$a'", "$a")]
    [InlineData("\"$a b\"", "value b")]
    [InlineData("\\$a", "$a")]
    [InlineData("\"\\$a \\\" \\x\"", "$a \" \\x")]
    [InlineData("a\\ b", "a b")]
    [InlineData("end\\", "end")]
    [InlineData("${a:-x}${empty:-x}${none:-x}", "valuexx")]
    [InlineData("${a-x}${empty-x}${none-x}", "valuex")]
    [InlineData("${a:+x}${empty:+x}${none:+x}", "x")]
    [InlineData("${a+x}${empty+x}${none+x}", "xx")]
    [InlineData("${a:?x}${empty?x}", "value")]
    [InlineData("${none:-${a}-$name_1}", "value-one")]
    [InlineData("${none:-\"a }\"}", "a }")]
    [InlineData("${path#*/}", "usr/local/bin")]
    [InlineData("${path##*/}", "bin")]
    [InlineData("${path%/*}", "/usr/local")]
    [InlineData("${path%%/*}", "")]
    [InlineData("${file%.*}", "archive.tar")]
    [InlineData("${file%%.*}", "archive")]
    [InlineData("${file#none}", "archive.tar.gz")]
    [InlineData("${file#?rch}", "ive.tar.gz")]
    [InlineData("${star#a\\*}", "b")]
    [InlineData("${path/usr/opt}", "/opt/local/bin")]
    [InlineData("${path//*/x}", "x")]
    [InlineData("${path//\\//:}", ":usr:local:bin")]
    [InlineData("${path/u*l/x}", "/x/bin")]
    [InlineData("${none/a/b}", "")]
    public void A_word_is_replaced_as_a_build_does_it(string word, string expected) => Assert.Equal(expected, Expand(word));

    [Fact]
    public void The_escape_of_the_file_counts() => Assert.Equal(("C:\\value", "$a"), (Expand("C:\\$a", '`'), Expand("`$a", '`')));

    [Fact]
    public void What_is_not_set_is_told()
    {
        var one = new Substitution('\\', Known.GetValueOrDefault);
        one.Expand(Placed("$a $b ${c:-x} '$d'"));
        Assert.Equal(["b", "c"], one.Unset.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("${", "1:1", "} is missing")]
    [InlineData("x${a", "1:2", "} is missing")]
    [InlineData("${}", "1:1", "no variable is named between the braces")]
    [InlineData("${:-x}", "1:1", "no variable is named between the braces")]
    [InlineData("${a!x}", "1:4", "\"!\" is no modifier of a substitution")]
    [InlineData("${a:#x}", "1:5", "\":#\" is no modifier of a substitution")]
    [InlineData("${a:-x", "1:7", "} is missing here")]
    [InlineData("a'b", "1:2", "the quote ' is not closed")]
    [InlineData("\"b", "1:1", "the quote \" is not closed")]
    [InlineData("${none:?give it}", "1:1", "none: give it")]
    [InlineData("${empty:?}", "1:1", "empty: must not be empty")]
    [InlineData("${none?}", "1:1", "none: must be set")]
    public void What_is_wrong_is_named_with_its_place(string word, string at, string reason)
    {
        var problem = Assert.Throws<DockerfileSyntaxException>(() => Expand(word)).Problem;
        Assert.Equal((at, reason), (problem.At.ToString(), problem.Reason));
    }

    [Fact]
    public void What_grows_without_end_is_refused()
    {
        var big = new string('x', 100_000);
        Assert.Contains("more than 1048576 characters", Assert.Throws<DockerfileSyntaxException>(() => new Substitution('\\', _ => big).Expand(Placed(string.Concat(Enumerable.Repeat("$a", 20))))).Message, StringComparison.Ordinal);
        var deep = string.Concat(Enumerable.Repeat("${none:-", 1000)) + new string('}', 1000);
        Assert.Contains("inside of one another", Assert.Throws<DockerfileSyntaxException>(() => Expand(deep)).Message, StringComparison.Ordinal);
        var slow = new Substitution('\\', _ => new string('a', 60_000));
        var word = Placed($"${{x%%{string.Concat(Enumerable.Repeat("*a", 100))}b}}");
        Assert.Contains("too long", Assert.Throws<DockerfileSyntaxException>(() => Enumerable.Range(0, 100).Select(_ => slow.Expand(word)).ToList()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_word_it_is_replaced_or_refused()
    {
        var dice = new Samples.Dice(11);
        string[] pieces = ["$", "{", "}", "${", "a", "none", "empty", ":", "-", "+", "?", "#", "%", "/", "*", "\\", "'", "\"", " ", "ü", "1"];
        var (replaced, refused) = (0, 0);
        for (var i = 0; i < 50_000; i++)
            try
            {
                Expand(string.Concat(Enumerable.Range(0, 1 + dice.Roll(19)).Select(_ => pieces[dice.Roll(pieces.Length)])));
                replaced++;
            }
            catch (DockerfileSyntaxException e)
            {
                Assert.NotEmpty(e.Problem.Reason);
                refused++;
            }
        Assert.True(replaced > 5000 && refused > 5000, $"{replaced} {refused}");
    }
}
