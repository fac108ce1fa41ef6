# BUILDS has for each image, with spaces between them: repository|dockerfile|context.
set -euo pipefail
aws ecr get-login-password | docker login --username AWS --password-stdin "$REGISTRY"
for each in $BUILDS; do
  IFS='|' read -r repository dockerfile context <<< "$each"
  image="$REGISTRY/$repository:$CODEBUILD_RESOLVED_SOURCE_VERSION"
  if [ ! -f "$dockerfile" ]; then
    echo "Tried to build $image but there is no $dockerfile: put it there, or choose 'delivery: github-actions'" >&2
    exit 1
  fi
  docker build --file "$dockerfile" --tag "$image" "$context"
  docker push "$image"
done
