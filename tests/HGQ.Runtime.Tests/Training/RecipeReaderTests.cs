using System.IO;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Training.Schedules;
using HGQ.Testing;

namespace HGQ.Runtime.Tests.Training;

public class RecipeReaderTests
{
    [Theory]
    [InlineData("pendigits", 1500, 512)]
    [InlineData("letter", 1500, 512)]
    [InlineData("mnist", 300, 1024)]
    public void The_committed_recipes_say_what_the_fixed_recipe_says(string name, int epochs, int batch)
    {
        Recipe recipe = RecipeReader.Read(Path.Combine(RepositoryRoot.Path, "samples", "recipes", name + ".json"));
        Assert.Equal((epochs, batch), (recipe.Training.Epochs, recipe.Training.Batch));
        Assert.Equal([64, 32], recipe.Network.Hidden);
        Assert.Equal(new RecipeHashSplit(5, 1, name == "mnist" ? null : 0), recipe.Split);
        bool mnist = name == "mnist";
        Assert.Equal(new CosineRestartSchedule(5e-3, 1e-4, mnist ? 25 : 50), recipe.Training.LearningRate);
        Assert.Equal(mnist ? 1e-7 : 5e-7, recipe.Training.Beta.At(mnist ? 10 : 50));
        Assert.Equal(mnist ? 5e-5 : 2e-4, recipe.Training.Beta.At(epochs - 1));
        Assert.Equal(new RecipeAdam(0.9, 0.999, 1e-7), recipe.Training.Adam);
    }

    [Fact]
    public void A_printed_recipe_reads_back_equal()
    {
        string text = RecipeReader.Print(new Recipe());
        Assert.Equal(text, RecipeReader.Print(RecipeReader.Parse("r", text)));
        Assert.DoesNotContain("\r", text);
    }

    [Theory]
    [InlineData("{\n\"trainning\": {}}", 2, "trainning")]
    [InlineData("{\n\n\"training\": {\"epochs\": \"x\"}}", 3, "epochs")]
    [InlineData("{\"training\": {\"beta\": {\"kind\": \"constant\"}}}", 1, "value")]
    [InlineData("{\"training\": {\"beta\": {\"kind\": \"steps\"}}}", 1, "steps")]
    [InlineData("{\"training\": {\"beta\": {\"kind\": \"pieces\", \"pieces\": []}}}", 0, "at least one")]
    [InlineData("{\"scaling\": {\"kind\": \"standardise\"}}", 1, "kind")]
    [InlineData("{\"version\": 2}", 0, "version is 2")]
    [InlineData("{\"format\": \"x\"}", 0, "format is \"x\"")]
    [InlineData("{\"network\": {\"normalization\": \"layer\"}}", 1, "normalization")]
    [InlineData("{\"split\": {\"kind\": \"random\", \"validation\": 0.5, \"test\": 0.5}}", 0, "split.validation")]
    [InlineData("{\"split\": {\"kind\": \"multiplicative-hash\", \"test\": 1}}", 0, "different buckets")]
    [InlineData("{\"selection\": {\"choose\": \"cheapest-reaching\"}}", 0, "selection.score")]
    [InlineData("{\"training\": null}", 1, "training")]
    [InlineData("null", 1, "null")]
    [InlineData("{", 1, "")]
    public void A_recipe_that_cannot_be_followed_is_refused_with_its_line(string text, int line, string part)
    {
        var e = Assert.Throws<RecipeException>(() => RecipeReader.Parse("r.json", text));
        Assert.Equal(line, e.Line);
        Assert.Contains(part, e.Message, System.StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("r.json", e.Message);
    }
}
