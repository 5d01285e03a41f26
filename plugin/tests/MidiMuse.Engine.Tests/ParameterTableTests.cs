using System.Globalization;
using System.Text;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Engine.Tests;

/// <summary>Oracle: parameters.txt, the table that saved projects rely on. Lines may be added to it, never changed.</summary>
public class ParameterTableTests
{
    [Fact]
    public void Ids_keys_and_values_are_those_that_projects_have_stored()
    {
        var golden = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", "parameters.txt"));
        var lines = ParameterTable.All.Select(Line).ToArray();
        Assert.Equal(golden, lines);
    }

    [Fact]
    public void No_id_and_no_key_is_used_twice()
    {
        Assert.Equal(ParameterTable.All.Count, ParameterTable.All.Select(definition => definition.Id).Distinct().Count());
        Assert.Equal(ParameterTable.All.Count, ParameterTable.All.Select(definition => definition.Key).Distinct().Count());
    }

    [Fact]
    public void Every_value_survives_the_way_to_the_host_and_back()
    {
        foreach (var definition in ParameterTable.All)
        {
            var steps = definition.Steps > 0 ? definition.Steps : 1000;
            for (var step = 0; step <= steps; step++)
            {
                var normalised = step / (double)steps;
                var plain = definition.ToPlain(normalised);
                Assert.Equal(plain, definition.ToPlain(definition.ToNormalised(plain)), 9);
                Assert.True(definition.TryParse(definition.ToText(normalised), out var parsed), definition.Title);
                Assert.Equal(plain, definition.ToPlain(parsed), definition.Steps > 0 ? 0.0 : 0.005 * (definition.Maximum - definition.Minimum) + 0.006);
            }
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-3)]
    public void Nonsense_from_a_host_stays_within_the_range(double normalised)
    {
        foreach (var definition in ParameterTable.All)
            Assert.InRange(definition.ToPlain(normalised), definition.Minimum, definition.Maximum);
    }

    [Fact]
    public void Programs_name_parameters_that_exist_and_values_in_range()
    {
        foreach (var (key, plain) in FactoryPrograms.All.SelectMany(program => program.Values))
        {
            var definition = ParameterTable.Find(key);
            Assert.NotNull(definition);
            Assert.InRange(plain, definition.Minimum, definition.Maximum);
        }
    }

    private static string Line(ParameterDefinition definition)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{definition.Id} {definition.Key} \"{definition.Title}\" {definition.Minimum}..{definition.Maximum} steps {definition.Steps}");
        line.Append(CultureInfo.InvariantCulture, $" default {definition.ToText(definition.DefaultNormalised)}");
        if (definition.ReadOnly)
            line.Append(CultureInfo.InvariantCulture, $" status {definition.StatusSlot}");
        if (definition.Role != AudioRole.None)
            line.Append(CultureInfo.InvariantCulture, $" role {definition.Role}");
        return line.ToString();
    }
}
