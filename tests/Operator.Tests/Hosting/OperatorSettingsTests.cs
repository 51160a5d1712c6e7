using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Operator.Hosting;

namespace Plimsoll.Operator.Tests.Hosting;

/// <summary>What the operator reads from its environment, held against what is written of it.</summary>
public sealed class OperatorSettingsTests
{
    [Fact]
    public void The_page_tells_of_each_variable_that_is_read_and_of_no_other()
    {
        var page = File.ReadAllText(Repository.At("docs/operations.md"));
        var table = page.Split("<!-- variables of the operator -->\n")[1].Split("<!-- end of variables of the operator -->")[0];
        var told = table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).Select(line => line.Split('`')[1]);

        var asked = new SortedSet<string>(StringComparer.Ordinal);
        OperatorSettings.Read(name =>
        {
            asked.Add(name);
            return name == "PLIMSOLL_URL" ? "http://plimsoll.example" : null;
        });

        Assert.Equal(asked, told.Order(StringComparer.Ordinal));
    }
}
