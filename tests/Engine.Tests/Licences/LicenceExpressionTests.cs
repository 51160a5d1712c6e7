using System.Text.Json;
using Plimsoll.Engine.Licences;
using Plimsoll.Engine.Tests.Reports;

namespace Plimsoll.Engine.Tests.Licences;

public sealed class LicenceExpressionTests
{
    [Theory]
    [InlineData("MIT", "MIT")]
    [InlineData("mit", "MIT")]
    [InlineData("apache-2.0", "Apache-2.0")]
    [InlineData("(MIT OR Apache-2.0)", "(MIT OR Apache-2.0)")]
    [InlineData("MIT AND BSD-2-Clause", "MIT AND BSD-2-Clause")]
    [InlineData("((MIT))AND(ISC)", "((MIT)) AND (ISC)")]
    [InlineData("Apache-2.0+", "Apache-2.0+")]
    [InlineData("GPL-2.0-only WITH Classpath-exception-2.0 OR MIT", "GPL-2.0-only WITH Classpath-exception-2.0 OR MIT")]
    [InlineData("LicenseRef-of-my-own AND MIT", "LicenseRef-of-my-own AND MIT")]
    [InlineData("  MIT\n  AND\tISC ", "MIT AND ISC")]
    public void An_expression_is_written_as_the_list_writes_it(string text, string expected) => Assert.Equal(expected, LicenceExpression.Parse(text)?.ToString());

    [Theory]
    [InlineData("GPL-2+", "GPL-2.0-or-later")]
    [InlineData("GPLv2+", "GPL-2.0-or-later")]
    [InlineData("GPL2", "GPL-2.0-only")]
    [InlineData("GPL-2.0", "GPL-2.0-only")]
    [InlineData("GPL-2.0+", "GPL-2.0-or-later")]
    [InlineData("LGPLv2.1+", "LGPL-2.1-or-later")]
    [InlineData("LGPL-2", "LGPL-2.0-only")]
    [InlineData("AGPLv3", "AGPL-3.0-only")]
    [InlineData("GFDL-1.3+", "GFDL-1.3-or-later")]
    [InlineData("GFDL-NIV-1.3+", "GFDL-1.3-no-invariants-or-later")]
    [InlineData("ASL 2.0", "Apache-2.0")]
    [InlineData("Apache-2", "Apache-2.0")]
    [InlineData("CDDL-1", "CDDL-1.0")]
    [InlineData("Expat", "MIT")]
    [InlineData("MIT License", "MIT")]
    [InlineData("The Apache Software License, Version 2.0", "Apache-2.0")]
    [InlineData("GNU Lesser General Public License v3 or later (LGPLv3+)", "LGPL-3.0-or-later")]
    [InlineData("GPL-1+ or Artistic", "Artistic-1.0-Perl OR GPL-1.0-or-later")]
    [InlineData("(Perl) and MIT", "((Artistic-1.0-Perl OR GPL-1.0-or-later)) AND MIT")]
    [InlineData("GPLv2+ and (ASL 2.0 or MPLv2.0)", "GPL-2.0-or-later AND (Apache-2.0 OR MPL-2.0)")]
    [InlineData("Apache-2.0 with LLVM exception", "Apache-2.0 WITH LLVM-exception")]
    [InlineData("GPL-3+ with Bison exception", "GPL-3.0-or-later WITH Bison-exception-2.2")]
    [InlineData("GPL-2 with Linux-syscall-note exception", "GPL-2.0-only WITH Linux-syscall-note")]
    [InlineData("GPL-2.0-with-classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0")]
    public void What_distributions_write_is_said_in_the_words_of_SPDX(string text, string expected) => Assert.Equal(expected, LicenceExpression.Parse(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("BSD")]
    [InlineData("GPL")]
    [InlineData("LGPLv2+")]
    [InlineData("public-domain")]
    [InlineData("UNLICENSED")]
    [InlineData("SEE LICENSE IN LICENSE.txt")]
    [InlineData("MIT BSD-2-Clause")]
    [InlineData("MIT,ISC")]
    [InlineData("MIT AND")]
    [InlineData("OR MIT")]
    [InlineData("MIT AND AND ISC")]
    [InlineData("()")]
    [InlineData("(MIT")]
    [InlineData("MIT)")]
    [InlineData("MIT (ISC)")]
    [InlineData("(MIT) ISC")]
    [InlineData("MIT +")]
    [InlineData("+")]
    [InlineData("GPL-2.0-only WITH MIT")]
    [InlineData("GPL-2.0-only WITH LLVM-exception WITH LLVM-exception")]
    [InlineData("(GPL-2.0-only) WITH LLVM-exception")]
    [InlineData("Perl WITH LLVM-exception")]
    [InlineData("LLVM-exception")]
    [InlineData("LicenseRef-")]
    [InlineData("LicenseRef-a_b")]
    [InlineData("DocumentRef-other:LicenseRef-a")]
    public void What_names_no_licence_that_SPDX_knows_is_no_expression(string text) => Assert.Null(LicenceExpression.Parse(text));

    [Fact]
    public void Every_spelling_of_the_table_stands_for_a_valid_expression_and_is_none_itself() =>
        Assert.All(LicenceSpelling.All, spelling =>
        {
            Assert.Equal(spelling.Value, LicenceExpression.Parse(spelling.Value)?.ToString());
            Assert.Equal(spelling.Value, LicenceExpression.Parse(spelling.Key)?.ToString());
        });

    [Fact]
    public void A_text_of_any_length_and_depth_is_answered()
    {
        Assert.Null(LicenceExpression.Parse(new string('(', 1_000_000)));
        Assert.Null(LicenceExpression.Parse(string.Concat(Enumerable.Repeat("MIT AND ", 1_000_000))));
        Assert.Equal(900, LicenceExpression.Parse(new string('(', 440) + "MIT" + new string(')', 440))!.ToString().Length + 17);
    }

    [Fact]
    public void A_choice_stays_together_beside_other_licences() => Assert.Equal(
        "(MIT OR ISC) AND Zlib", LicenceExpression.All([LicenceExpression.Parse("MIT OR ISC")!, LicenceExpression.Parse("Zlib")!])!.ToString());

    /// <summary>The independent truth is the parser that npm's world uses.</summary>
    [Fact]
    public async Task What_is_a_valid_expression_and_what_is_not_agrees_with_another_parser()
    {
        string[] words = ["MIT", "Apache-2.0+", "AND", "OR", "WITH", "(", ")", "Classpath-exception-2.0", "unknown"];
        // Every sequence of up to five of them.
        var texts = words.ToList();
        for (var (from, length) = (0, 2); length <= 5; length++)
        {
            var shorter = texts[from..];
            from = texts.Count;
            texts.AddRange(shorter.SelectMany(text => words.Select(word => $"{text} {word}")));
        }
        // It takes an empty pair of parentheses for nothing at all, where the grammar has no such thing.
        texts.RemoveAll(text => text.Contains("( )", StringComparison.Ordinal));
        var expected = JsonSerializer.Deserialize<bool[]>(await SbomReaders.Run(
            "const parse = require('spdx-expression-parse'); const valid = text => { try { parse(text); return true } catch { return false } };"
            + "console.log(JSON.stringify(JSON.parse(input).map(valid)))",
            JsonSerializer.Serialize(texts)))!;
        Assert.Equal(texts.Zip(expected).Where(pair => pair.Second).Select(pair => pair.First), texts.Where(text => LicenceExpression.Parse(text) is not null));
        Assert.InRange(expected.Count(valid => valid), 20, texts.Count / 2);
    }
}
