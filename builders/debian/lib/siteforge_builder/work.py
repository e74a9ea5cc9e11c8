"""Where the builder works."""

# In the container's own layer, which the engine removes with the container, however it ends.
WORK = '/var/tmp/siteforge'
